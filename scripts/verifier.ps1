# Switches the verifiers for the driver on or off: Application Verifier for its host process, which also switches the
# framework's own verifier on for every UMDF 2 driver, and Driver Verifier for the reflector below it.
#   .\verifier.ps1 -On      then restart
#   .\verifier.ps1 -Off     then restart; Driver Verifier is then off for every driver
[CmdletBinding(DefaultParameterSetName = 'On')]
param(
    [Parameter(Mandatory, ParameterSetName = 'On')][switch]$On,
    [Parameter(Mandatory, ParameterSetName = 'Off')][switch]$Off
)

. "$PSScriptRoot\common.ps1"
Assert-Elevated

$appverif = Get-Command appverif -ErrorAction SilentlyContinue
if (-not $appverif) { Write-Warning 'Application Verifier is not installed (a feature of the Windows SDK): the host process is not watched.' }
if ($On) {
    if ($appverif) { Invoke-Tool appverif '-enable', 'Heaps', 'Exceptions', 'Handles', 'Locks', 'Memory', 'TLS', 'Leak', '-for', 'WUDFHost.exe' }
    # verifier answers 2 when settings were changed and a restart is due.
    & verifier /standard /driver WUDFRd.sys
} else {
    if ($appverif) { Invoke-Tool appverif '-delete', 'settings', '-for', 'WUDFHost.exe' }
    & verifier /reset
}
if ($LASTEXITCODE -notin 0, 2) { throw "verifier failed with exit code $LASTEXITCODE." }
'Restart the machine now.'
