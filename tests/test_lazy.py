"""polars and numpy come late: not with copydesk, but with the first use of a name."""

from __future__ import annotations

import subprocess
import sys


def test_a_module_is_imported_with_its_first_name() -> None:
    code = (
        "import sys; from copydesk.lazy import np, pl; assert not {'numpy', 'polars'} & sys.modules.keys();"
        "import copydesk.checks.batch, copydesk.model.result; assert not {'numpy', 'polars'} & sys.modules.keys();"
        "assert np.arange(3).sum() == 3; assert 'polars' not in sys.modules;"
        "import polars; assert pl.DataFrame is polars.DataFrame and pl.DataFrame is vars(pl)['DataFrame']"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    code = "from copydesk.lazy import pl\ntry:\n    pl.nonsense\nexcept AttributeError as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "nonsense" in done.stdout, done.stderr
