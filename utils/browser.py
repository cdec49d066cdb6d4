"""A page in headless Chromium, driven by the DevTools protocol through a pipe.

    with Browser() as page:
        page.open(path)
        page.evaluate("document.title")

Needs Debian's chromium-headless-shell (or chromium) and nothing else; `find()` says
whether it is there. `page.errors` are the page's exceptions and console errors.
"""

import base64
import contextlib
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile

PATIENCE = 60  # seconds without a word
NAMES = ("chromium-headless-shell", "chromium-shell", "chromium")


def find():
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    def __init__(self, width=1400, height=900, dark=False):
        self.size, self.dark = (width, height), dark
        self.errors, self.number, self.rest = [], 0, b""
        self.loaded = False

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory()
        # It reads descriptor 3 and writes 4; each message ends with a zero byte.
        child_in, self.to = os.pipe()
        self.answers, child_out = os.pipe()
        # Above 4, so that neither is overwritten before it is copied.
        moved = [os.dup2(fd, at) for fd, at in ((child_in, 30), (child_out, 31))]
        self.process = subprocess.Popen(
            [find(), "--headless", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", "--disable-dev-shm-usage",
             f"--user-data-dir={self.profile.name}",
             f"--window-size={self.size[0]},{self.size[1]}"],
            preexec_fn=lambda: (os.dup2(30, 3), os.dup2(31, 4), os.close(30),
                                os.close(31)),
            close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for fd in (child_in, child_out, *moved):
            os.close(fd)
        self.session = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "DOM"):
            self.send(domain + ".enable")
        self.send("Emulation.setDeviceMetricsOverride", width=self.size[0],
                  height=self.size[1], deviceScaleFactor=1, mobile=False)
        if self.dark:
            self.send("Emulation.setEmulatedMedia", features=[
                {"name": "prefers-color-scheme", "value": "dark"}])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        os.close(self.to)
        os.close(self.answers)
        with contextlib.suppress(OSError):
            self.profile.cleanup()

    # --- The protocol -----------------------------------------------------

    def receive(self):
        while b"\0" not in self.rest:
            if not select.select([self.answers], [], [], PATIENCE)[0]:
                raise RuntimeError("the browser says nothing")
            more = os.read(self.answers, 1 << 16)
            if not more:
                raise RuntimeError("the browser has ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(text)
        method, given = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = given["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description")
                               or details["text"])
        elif method == "Runtime.consoleAPICalled" and given["type"] == "error":
            self.errors.append(str([a.get("value") for a in given["args"]]))
        elif method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Log.entryAdded" and given["entry"]["level"] == "error":
            self.errors.append(given["entry"]["text"])
        return message

    def send(self, method, **given):
        self.number += 1
        message = {"id": self.number, "method": method, "params": given}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    # --- What a user does -------------------------------------------------

    def open(self, path, fragment=""):
        # From a page of its own: another fragment alone is no other page.
        for url in ("about:blank", pathlib.Path(path).resolve().as_uri() + fragment):
            self.loaded = False
            self.send("Page.navigate", url=url)
            while not self.loaded:
                self.receive()
        self.settle()

    def evaluate(self, script):
        result = self.send("Runtime.evaluate", expression=script, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get(
                "description", result["exceptionDetails"]["text"]))
        return result["result"].get("value")

    def settle(self):
        """Until what was asked for is drawn."""
        self.evaluate("new Promise((done) => requestAnimationFrame(() => "
                      "requestAnimationFrame(done)))")

    def key(self, key, text=None):
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key,
                      **({"text": text} if text and kind == "keyDown" else {}))
        self.settle()

    def type(self, text):
        for letter in text:
            self.key(letter, letter)

    def mouse(self, kind, x, y, **more):
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.mouse(kind, x, y, button="left", clickCount=1)
        self.settle()

    def choose_file(self, selector, path):
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node,
                  files=[str(pathlib.Path(path).resolve())])
        self.settle()

    def screenshot(self, path, **how):
        data = self.send("Page.captureScreenshot", **how)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
