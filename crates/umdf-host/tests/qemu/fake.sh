#!/bin/bash
# A QEMU that misbehaves. The folder in which it is found names the way; see broken.rs.
way=$(basename "$(dirname "$0")")

if [ "$1" = --version ]; then
    case $way in
        old) echo 'QEMU emulator version 6.2.0 (fake)' ;;
        other-program) echo 'hello' ;;
        version-empty) ;;
        version-hangs) exec sleep 1000 ;;
        *) echo 'QEMU emulator version 7.2.99 (fake)' ;;
    esac
    exit 0
fi

# The real one behind this one, which ends with it.
forward() {
    PATH=${PATH#*:}
    exec 3>&1
    exec 4> >(exec setpriv --pdeathsig KILL qemu-system-x86_64 "$@" >&3)
    while read -r line; do
        case $line in
            *0xdeadbeef*) return ;;
        esac
        echo "$line" >&4
    done
}

case $way in
    dies)
        echo "qemu-system-x86_64: -device edu: 'edu' is not a valid device model name" >&2
        exit 1
        ;;
    silent) exec sleep 1000 ;;
    garbage) while read -r _; do echo 'what?'; done ;;
    flood) exec yes OK ;;
    endless-line) exec cat /dev/zero ;;
    empty-slot)
        while read -r command _; do
            case $command in
                in*) echo 'OK 0xffff' ;;
                *) echo OK ;;
            esac
        done
        ;;
    dies-later) forward "$@" ;;
    silent-later)
        forward "$@"
        exec sleep 1000
        ;;
    garbage-later)
        forward "$@"
        echo 'what?'
        while read -r _; do echo 'what?'; done
        ;;
esac
