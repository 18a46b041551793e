# Says how each edu device is: its status, its problem in words, its driver. Exit code 1 unless all are started.
. "$PSScriptRoot\common.ps1"

$devices = @(Get-EduDevice)
if ($devices.Count -eq 0) {
    Write-Error 'Windows has found no edu device. Start the virtual machine with "-device edu".' -ErrorAction Continue
    exit 1
}
foreach ($device in $devices) {
    $inf = (Get-PnpDeviceProperty -InstanceId $device.InstanceId -KeyName DEVPKEY_Device_DriverInfPath).Data
    '{0}: {1}, problem {2}, driver {3}' -f $device.InstanceId, $device.Status, $device.Problem, $(if ($inf) { $inf } else { 'none' })
}
if (@($devices | Where-Object Status -NE 'OK').Count -gt 0) {
    'What a problem means and where to look: docs/test-machine.md, "When it does not start".'
    exit 1
}
exit 0
