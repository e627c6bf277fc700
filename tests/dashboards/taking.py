"""Files as a browser takes them."""

from typing import Any


def content_of(response: Any) -> bytes:
    """Read a file whole, and close it: not the response, which would close the connection too."""
    assert response.status_code == 200
    content: bytes = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content
