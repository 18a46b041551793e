# Removes the driver from the devices and from the driver store, and the certificate from the machine's trust.
. "$PSScriptRoot\common.ps1"
Assert-Elevated

$packages = @(Get-EduPackage)
if ($packages.Count -eq 0) { 'There is no package of this driver in the driver store.' }
foreach ($package in $packages) {
    Invoke-Tool pnputil '/delete-driver', $package, '/uninstall'
}
foreach ($store in 'Root', 'TrustedPublisher') {
    Get-ChildItem "Cert:\LocalMachine\$store" | Where-Object Subject -EQ "CN=$EduCertificate" | Remove-Item
}
