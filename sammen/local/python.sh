# Read by the Makefile: sets "found" to the first Python of at least 3.11 that can make environments, or says in one
# sentence what is missing and ends.
found=
seen=
for name in python3.14 python3.13 python3.12 python3.11 python3; do
  if $name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    seen=$name
    if $name -c 'import venv, ensurepip' >/dev/null 2>&1; then
      found=$name
      break
    fi
  fi
done
if [ -z "$found" ]; then
  if [ -n "$seen" ]; then
    echo "$seen has no venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2
  elif version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
    echo "SAMMEN needs Python 3.11 or newer. The python3 of this machine is $version." >&2
  else
    echo "SAMMEN needs Python 3.11 or newer. This machine has no python3." >&2
  fi
  exit 1
fi
