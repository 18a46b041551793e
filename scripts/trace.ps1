# Records the driver's trace.
#   .\trace.ps1 -Start      begins; every level
#   .\trace.ps1 -Stop       ends, and writes edu.etl and edu.csv to the current folder
[CmdletBinding(DefaultParameterSetName = 'Start')]
param(
    [Parameter(Mandatory, ParameterSetName = 'Start')][switch]$Start,
    [Parameter(Mandatory, ParameterSetName = 'Stop')][switch]$Stop
)

. "$PSScriptRoot\common.ps1"
Assert-Elevated

if ($Start) {
    Invoke-Tool logman 'create', 'trace', 'edu', '-ets', '-p', $EduProvider, '0xffffffffffffffff', '0xff', '-o', "$PWD\edu.etl"
} else {
    Invoke-Tool logman 'stop', 'edu', '-ets'
    # TraceLogging events describe themselves: no other file is needed to read them.
    Invoke-Tool tracerpt "$PWD\edu.etl", '-of', 'CSV', '-o', "$PWD\edu.csv", '-y'
}
