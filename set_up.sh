#!/bin/sh
# Makes the environment in the folder given, of the requirements given: with uv where it can be had (ten times faster), else with pip.
set -eu
venv=$1
requirements=${2:-requirements.txt}
found=""
for python in python3 python3.14 python3.13 python3.12 python3.11; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$python; break; fi
done
[ -n "$found" ] || { echo "Clauselight needs Python 3.11 or newer; install it and try again" >&2; exit 2; }

if command -v uv >/dev/null 2>&1; then
  uv venv --quiet --allow-existing --python "$found" "$venv"
  uv=uv
else
  "$found" -m venv "$venv" || { echo "Python's venv module is missing; install it (Debian: python3-venv)" >&2; exit 2; }
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9 && uv=$venv/bin/uv || uv=""
fi
# what starts over and over is compiled once; what only some tests call, when they do
compiled=""
[ "$requirements" != requirements.txt ] || compiled=--compile-bytecode
if [ -n "$uv" ]; then
  VIRTUAL_ENV=$venv "$uv" pip install --quiet --native-tls $compiled -r "$requirements" && exit 0
  echo "uv could not install the requirements; trying pip" >&2
  [ -x "$venv/bin/pip" ] || "$found" -m venv --upgrade-deps "$venv"
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
