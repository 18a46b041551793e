# Switches the verifiers for the driver on or off: Application Verifier for its host process, which also switches the
# framework's own verifier on for every UMDF 2 driver, and Driver Verifier for the reflector below it.
#   .\verifier.ps1 -On      then restart
#   .\verifier.ps1 -Off     then restart
[CmdletBinding(DefaultParameterSetName = 'On')]
param(
    [Parameter(Mandatory, ParameterSetName = 'On')][switch]$On,
    [Parameter(Mandatory, ParameterSetName = 'Off')][switch]$Off
)

. "$PSScriptRoot\common.ps1"
Assert-Elevated

if (-not (Get-Command appverif -ErrorAction SilentlyContinue)) {
    throw 'Application Verifier is not installed: it is a feature of the Windows SDK.'
}
if ($On) {
    Invoke-Tool appverif '-enable', 'Heaps', 'Exceptions', 'Handles', 'Locks', 'Memory', 'TLS', 'Leak', '-for', 'WUDFHost.exe'
    # verifier answers 2 when settings were changed and a restart is due.
    & verifier /standard /driver WUDFRd.sys
} else {
    Invoke-Tool appverif '-delete', 'settings', '-for', 'WUDFHost.exe'
    & verifier /reset
}
if ($LASTEXITCODE -notin 0, 2) { throw "verifier failed with exit code $LASTEXITCODE." }
'Restart the machine now.'
