"""A page in headless Chromium, driven by its DevTools protocol."""
import base64
import json
import pathlib
import subprocess
import tempfile
import time
import urllib.request

import websocket

PATIENCE = 60  # seconds: a machine that runs other tests at the same time is slow


class Page:
    """One page of one browser. What it asks the network for and complains of is kept."""

    def __init__(self, width=1366, height=900):
        self.requests, self.complaints = [], []
        self._number = 0
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._browser = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={self._folder.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = websocket.create_connection(self._address(), timeout=PATIENCE)
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width, height)

    def close(self):
        self._socket.close()
        self._browser.terminate()
        self._browser.wait(PATIENCE)
        self._folder.cleanup()

    def _address(self):
        port_file = pathlib.Path(self._folder.name) / "DevToolsActivePort"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                port = port_file.read_text(encoding="utf-8").split()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                    return next(tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page")
            except (OSError, IndexError, StopIteration):
                time.sleep(0.1)
        raise RuntimeError("the browser does not start")

    def call(self, method, **parameters):
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._note(message)

    def _note(self, message):
        if message["method"] == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        elif message["method"] == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        elif message["method"] == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(message["params"]["exceptionDetails"])[:500])
        elif message["method"] == "Runtime.consoleAPICalled":
            self.complaints.append(json.dumps(message["params"]["args"])[:500])

    def open(self, file):
        self.call("Page.navigate", url=pathlib.Path(file).resolve().as_uri())
        end = time.monotonic() + PATIENCE
        while not self.of("document.readyState === 'complete' && document.querySelector('main') !== null"):
            if time.monotonic() > end:
                raise RuntimeError(f"the page does not open: {self.complaints}")
            time.sleep(0.05)

    def of(self, expression):
        """The value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {json.dumps(result['exceptionDetails'])[:500]}")
        return result["result"].get("value")

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode={"ArrowRight": 39, "Tab": 9, "Enter": 13}[key],
                      **({"text": "\r"} if key == "Enter" and kind == "keyDown" else {}))

    def click(self, selector):
        """Clicks in the middle of an element, as a mouse does."""
        x, y = self.of(f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
                       "one.scrollIntoView({ block: 'center' }); const box = one.getBoundingClientRect();"
                       "return [box.x + box.width / 2, box.y + box.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def choose(self, selector, value):
        """Chooses an option of a list, as its keys do."""
        self.of(f"(() => {{ const list = document.querySelector({json.dumps(selector)});"
                f"list.value = {json.dumps(value)}; list.dispatchEvent(new Event('change')); }})()")

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, file):
        shot = self.call("Page.captureScreenshot", format="png")
        pathlib.Path(file).write_bytes(base64.b64decode(shot["data"]))
