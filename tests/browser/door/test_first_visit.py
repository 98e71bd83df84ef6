"""What only a browser shows of the front: how much a first visit moves."""

from __future__ import annotations

from base64 import b64decode

from playwright.sync_api import Browser

from browser.steps import new_tab, rest

MOST_BYTES = 3_000_000


def test_a_first_visit_moves_little(browser: Browser, dashboard: str) -> None:
    """Files over the wire as they came, and the messages of the page, which came packed to a third."""
    page = new_tab(browser)
    wire = page.context.new_cdp_session(page)
    files, messages, shakes = list[float](), list[int](), list[str]()
    wire.on("Network.loadingFinished", lambda e: files.append(e["encodedDataLength"]))
    wire.on("Network.webSocketHandshakeResponseReceived", lambda e: shakes.append(str(e["response"])))
    wire.on(
        "Network.webSocketFrameReceived",
        lambda e: messages.append(len(b64decode(e["response"]["payloadData"]))),
    )
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    page.goto(dashboard)
    rest(page)
    page.close()
    assert len(files) > 80, "the browser had some of it already"
    assert shakes and "permessage-deflate" in shakes[0]
    moved = sum(files) + sum(messages) / 2
    assert moved < MOST_BYTES, f"{moved:,.0f} bytes"
