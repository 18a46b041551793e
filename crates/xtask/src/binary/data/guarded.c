// What guarded.dll and guarded.pdb are made of: as small a driver as the WDK's linker might make, with a control-flow
// guard, a version and lines of code. In a folder /edu-umdf:
//
//   printf '1 VERSIONINFO FILEVERSION 0,1,0,0 {}' > guarded.rc && llvm-rc-14 guarded.rc
//   clang-14 -target x86_64-pc-windows-msvc -O1 -gline-tables-only -gcodeview -Xclang -cfguard -c guarded.c
//   lld-link-14 -dll -noentry -nodefaultlib -debug -guard:cf -integritycheck -pdbaltpath:%_PDB% -brepro
//       -export:FxDriverEntryUm guarded.o guarded.res

extern char __guard_fids_table[], __guard_fids_count[];

// Stand for the runtime's.
static void check(void *target) { (void)target; }
void (*__guard_check_icall_fptr)(void *) = check;
void (*__guard_dispatch_icall_fptr)(void *) = check;

// IMAGE_LOAD_CONFIG_DIRECTORY64, up to GuardFlags.
const struct {
    unsigned size, before[27];
    const void *check, *dispatch, *table, *count;
    unsigned flags;
} _load_config_used = {
    148, {0}, &__guard_check_icall_fptr, &__guard_dispatch_icall_fptr, __guard_fids_table, __guard_fids_count, 0x500,
};

#line 1 "D:\\edu-umdf\\src\\device.rs"
static int start(int device) { return device + 1; }
int (*volatile callback)(int) = start;
int FxDriverEntryUm(int device) { return callback(device); }
