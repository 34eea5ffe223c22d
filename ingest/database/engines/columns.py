"""Types of columns that mean the same in SQLite and in PostgreSQL.

PostgreSQL compares texts by the bytes of UTF-8, as SQLite does, only where it is told to; and its integers end at two
thousand millions, unless they are large ones.
"""

from __future__ import annotations

import sqlalchemy as sa

String = sa.String().with_variant(sa.String(collation="C"), "postgresql")
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Large = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
