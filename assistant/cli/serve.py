"""`dateline serve`: the service, in this process."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.place import settings_of


@click.command()
@click.option("--host", metavar="HOST", help="Where to listen (DATELINE_HOST; 127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="PORT", help="DATELINE_PORT; 8765; 0 for any free one."
)
@click.option("--token-file", type=click.Path(path_type=Path), metavar="FILE", help="A file that holds the token.")
@click.pass_context
def serve(context: click.Context, *, host: str | None, port: int | None, token_file: Path | None) -> None:
    """Answer over HTTP until stopped. DATELINE_TOKEN is the secret that writes then need."""
    settings = settings_of(context, host=host, port=port, token=_token(token_file))
    from assistant.api.server import run_service

    run_service(settings, log_requests=context.find_root().params["debug"])


def _token(file: Path | None) -> str | None:
    from ingest.errors import SettingsError

    if file is None:
        return None
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"the token file {file} cannot be read", "check the path and its permissions") from exc
    if not token:
        raise SettingsError(f"the token file {file} is empty", "write a long secret into it")
    return token
