"""The part of copydesk that is in C: the work on every byte of every article. `copydesk.native.functions` is its door.

It is built when copydesk is installed, by `ci/kernel_build.py`. Other threads run while it works.

- `functions`: a Python function for each function in C. Other rooms import this module, and no other of this folder.
- `constants`, `signatures`: what Python and C must agree on. `header` writes it for the C compiler.
- `library`: loads the library, and checks every call against `signatures`.
- `*.c`: a file for each topic. `kernel.h` holds what they share.
"""
