# Installs the driver package on a test machine: checks that the machine is ready, trusts the certificate, installs.
#   .\install.ps1 -Package C:\edu_umdf_package
param([Parameter(Mandatory)][string]$Package)

. "$PSScriptRoot\common.ps1"
Assert-Elevated

foreach ($file in 'edu_umdf.inf', 'edu_umdf.cat', 'edu_umdf.dll', "$EduCertificate.cer") {
    if (-not (Test-Path "$Package\$file")) { throw "There is no $file in $Package. Is this the folder that cargo make left?" }
}

# Not every machine has Secure Boot to ask about; bcdedit answers in the language of the system.
$secureBoot = try { Confirm-SecureBootUEFI } catch { $false }
if ($secureBoot) { throw 'Secure Boot is on: switch it off in the firmware, or Windows refuses test signatures.' }
if (-not ((bcdedit /enum '{current}') -match 'testsigning\s+Yes')) {
    Write-Warning 'Test signing seems to be off: run "bcdedit /set testsigning on" and restart.'
}
if (@(Get-EduDevice).Count -eq 0) {
    Write-Warning 'Windows has found no edu device. Start the virtual machine with "-device edu" (docs/test-machine.md).'
}

foreach ($store in 'Root', 'TrustedPublisher') {
    Import-Certificate -FilePath "$Package\$EduCertificate.cer" -CertStoreLocation "Cert:\LocalMachine\$store" | Out-Null
}
# 259: the package is in the driver store, and no device took it: there is none, or it has this driver already.
Invoke-Tool pnputil '/add-driver', "$Package\edu_umdf.inf", '/install' -Accept 259
& "$PSScriptRoot\state.ps1"
exit $LASTEXITCODE
