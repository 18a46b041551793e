# What the scripts of the test machine share; each of them reads it first.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# QEMU's edu device, as the INF matches it.
$EduHardwareId = 'PCI\VEN_1234&DEV_11E8'
# The name and GUID under which the driver writes ETW events.
$EduProvider = '{2be0c6c6-8c29-5d58-8333-1a9909964d99}'
# The certificate that wdk-build makes for test signing.
$EduCertificate = 'WDRLocalTestCert'

function Assert-Elevated {
    $principal = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'This needs an elevated prompt: start PowerShell with "Run as administrator".'
    }
}

# Runs a program and fails with its name and exit code, unless that is accepted. 3010 means done, after a restart.
function Invoke-Tool {
    param([Parameter(Mandatory)][string]$Program, [string[]]$Arguments = @(), [int[]]$Accept = @())
    & $Program @Arguments
    if ($LASTEXITCODE -eq 3010) {
        Write-Warning "$Program asks for a restart of the machine."
    } elseif ($LASTEXITCODE -ne 0 -and $LASTEXITCODE -notin $Accept) {
        throw "$Program $($Arguments -join ' ') failed with exit code $LASTEXITCODE."
    }
}

# The edu devices that Windows has found, started or not. What a function returns is no array if it is one object or
# none: callers put it into @().
function Get-EduDevice {
    Get-PnpDevice -PresentOnly | Where-Object { $_.InstanceId -like "$EduHardwareId*" }
}

# The names (oemN.inf) of the packages of this driver in the driver store.
function Get-EduPackage {
    Get-WindowsDriver -Online | Where-Object { (Split-Path $_.OriginalFileName -Leaf) -eq 'edu_umdf.inf' } |
        ForEach-Object { $_.Driver }
}
