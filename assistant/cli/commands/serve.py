"""`dateline serve`: the service, in this process."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.place import settings_of


@click.command(short_help="Run the service: the HTTP API.")
@click.option("--host", metavar="HOST", help="Address to listen on, instead of DATELINE_HOST or 127.0.0.1.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Port to listen on, instead of DATELINE_PORT or 8765; 0 picks a free one.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File that holds the token, instead of DATELINE_TOKEN.",
)
@click.option(
    "--mcp-write",
    is_flag=True,
    help="Let agents at /mcp ingest articles and manage feeds; they need a key for it.",
)
@click.pass_context
def serve(
    context: click.Context, *, host: str | None, port: int | None, token_file: Path | None, mcp_write: bool
) -> None:
    """Run the service until stopped. While it runs, the other commands go through it.

    Everyone but you needs a key to change anything. Listening beyond this machine requires a token or a key.
    """
    settings = settings_of(context, host=host, port=port, token=_token(token_file), mcp_write=mcp_write or None)
    from assistant.api.serving.server import run_service

    run_service(settings, debug=context.find_root().params["debug"])


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
