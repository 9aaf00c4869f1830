"""The page of `vbl-detect serve` in a real browser: paste, mend, copy; files; rows; nobody else.

With ``VBL_PICTURES=FOLDER`` they also write the pictures of docs/serve.md there.
"""

import http.server
import os
import re
import threading
from pathlib import Path

import docx
import pytest

from tests.page_server import page_server

pytestmark = pytest.mark.slow

#: Counts whatever stands around it.
COUNTS_ANYWHERE = "YP promiscuous for her age & known to hang around with older men."
DRAFT = "Night DS review.\nShe is putting herself at risk again. 😀 Her mum says she is streetwise."
EVIL = (
    "<script>window.ran = 1</script><img src=x onerror=window.ran=2>\u202e\u200b\x00"
    "She puts herself</textarea><svg onload=window.ran=3> at risk. {{ 7 * 7 }} "
    "She \u202eputs\u202c her\u200bself at risk.\n\n"
    "She is a promiscuous girl who makes poor lifestyle choices and puts herself at risk."
)


@pytest.fixture(scope="module")
def served(full_nlp):
    with page_server(full_nlp) as served:
        yield served


@pytest.fixture
def opened(open_page, served):
    def opened(**settings):
        return open_page(served.address, allowed=[served.base], **settings)

    return opened


def paste(page, text):
    page.evaluate(
        """text => {
          const area = document.getElementById("text");
          area.focus();
          area.select();
          document.execCommand("insertText", false, text);
        }""",
        text,
    )


def until(page, holds, seconds=60):
    """Wait; the page's policy keeps playwright from evaluating a condition in it."""
    for _ in range(seconds * 20):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came about")


def settled(page):
    until(page, lambda: re.match(r"(\d+|Nothing) to look at", page.locator("#count").inner_text()))


def picture(page, name):
    folder = os.environ.get("VBL_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / name)


def text_of(page):
    return page.locator("#text").input_value()


def test_a_draft_is_pasted_mended_and_copied(opened):
    page = opened(
        viewport={"width": 1000, "height": 640}, permissions=["clipboard-read", "clipboard-write"]
    )
    assert page.url.endswith("/")
    picture(page, "serve-empty.png")

    paste(page, DRAFT)
    settled(page)
    assert page.locator("#mirror .high").all_inner_texts() == ["putting herself at risk"]
    assert "1 to look at: 1 high. 1 in context." in page.locator("#count").inner_text()
    page.get_by_role("button", name="putting herself at risk").click()
    told = page.locator(".finding .told:visible")
    assert "Better: is being put at risk by [person or group]" in told.inner_text()
    assert "Source:" in told.inner_text()
    picture(page, "serve-finding.png")

    page.get_by_role("button", name="Put in").click()
    settled(page)
    selected = page.evaluate(
        "(a => a.value.slice(a.selectionStart, a.selectionEnd))(document.activeElement)"
    )
    assert selected == "[person or group]"
    assert "Still to fill in: [person or group]" in page.locator("#count").inner_text()
    page.keyboard.type("S1")
    until(page, lambda: page.locator("#count").inner_text().startswith("Nothing"))
    assert "She is being put at risk by S1 again" in text_of(page)
    assert page.locator("#mirror .high").count() == 0

    page.get_by_role("button", name="Copy the text").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text_of(page)
    page.locator("#text").focus()
    for _ in range(10):
        if text_of(page) != DRAFT:
            page.keyboard.press("Control+z")
    assert text_of(page) == DRAFT
    assert page.heard.complaints == []


def test_everything_by_keyboard(opened):
    page = opened()
    page.locator("#text").focus()
    page.keyboard.insert_text(DRAFT + "\nShe is promiscuous and makes lifestyle choices.")
    settled(page)
    shown = page.locator("#found .finding").count()
    assert shown >= 2

    page.evaluate("document.getElementById('text').setSelectionRange(0, 0)")
    page.keyboard.press("F8")
    assert page.locator("#heard").inner_text().startswith(f"1 of {shown}, high: putting herself")
    page.keyboard.press("F8")
    assert page.locator("#heard").inner_text().startswith(f"2 of {shown}")
    page.keyboard.press("Shift+F8")
    assert page.locator("#heard").inner_text().startswith(f"1 of {shown}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Put in")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "is being put at risk by" in text_of(page)
    assert page.heard.complaints == []


def test_the_lines_stand_under_the_words_they_are_about(opened):
    page = opened(viewport={"width": 700, "height": 600})
    line = "Mother rang at nine and officers went to the park, the station and her friend's house. "
    paste(page, ("Nothing was found there. " + line * 2 + "\n\n") * 3 + COUNTS_ANYWHERE + "\n\n")
    settled(page)

    heights = page.evaluate(
        "['text', 'mirror'].map(id => document.getElementById(id).scrollHeight)"
    )
    assert heights[0] == heights[1]
    page.locator("#text").press("Control+Home")
    page.keyboard.type("Typed. ")
    assert page.locator("#mirror .high").inner_text() == "promiscuous"


@pytest.mark.parametrize(
    "settings",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 256}},
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "400 %", "forced colours"],
)
def test_it_is_accessible_and_fits(opened, faults, settings):
    page = opened(**settings)
    assert faults(page) == []
    paste(page, DRAFT)
    settled(page)
    page.keyboard.press("F8")
    page.locator("#quiet summary").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Rows from Excel").click()
    page.locator("#pasted").fill("Ref\tEntry\nA-1\tShe puts herself at risk.\n")
    page.locator("#table table").wait_for()
    assert faults(page) == []


def test_a_file_is_opened_and_one_that_cannot_be_is_named(opened, tmp_path):
    document, path = docx.Document(), tmp_path / "révision.docx"
    document.add_paragraph("She puts herself at risk.")
    document.save(path)
    page = opened()

    page.locator("#file").set_input_files(path)
    until(page, lambda: text_of(page))
    settled(page)
    assert text_of(page) == "She puts herself at risk."
    assert page.locator("#found .finding").count() == 1

    page.locator("#file").set_input_files({"name": "a.xlsx", "mimeType": "", "buffer": b"x"})
    page.locator("#problem:visible").wait_for()
    assert "Rows from Excel" in page.locator("#problem").inner_text()
    assert text_of(page) == "She puts herself at risk."
    drop = """() => {
      const data = new DataTransfer();
      data.items.add(new File(["He is streetwise."], "b.txt"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    }"""
    page.evaluate(drop)
    until(page, lambda: text_of(page) == "He is streetwise.")


def test_rows_come_back_as_a_table(opened, tmp_path):
    page = opened(
        viewport={"width": 1000, "height": 640}, permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_role("button", name="Rows from Excel").click()
    page.locator("#pasted").fill(
        'Ref\tEntry\nA-1\t"Rang in.\nShe puts herself at risk."\nA-2\tBus timetable asked for.\n'
    )
    page.locator("#table table").wait_for()
    picture(page, "serve-rows.png")

    assert (
        page.locator("#rows-count").inner_text() == "2 rows checked, 1 with something to look at."
    )
    page.get_by_role("button", name="Copy the table").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split("\t")[1] for line in copied] == ["Record", "A-1", "A-2"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    download.value.save_as(tmp_path / "rows.csv")
    saved = (tmp_path / "rows.csv").read_text("utf-8-sig")
    assert saved.count("\n") == 3
    assert '"puts herself at risk"' in saved
    page.get_by_label("Show only rows").check()
    assert page.locator("#table tbody tr").count() == 1
    assert page.heard.complaints == []


def test_hostile_text_is_only_text(opened):
    page = opened()
    paste(page, EVIL)
    settled(page)

    assert page.locator("#found .finding").count() >= 1
    assert page.evaluate("window.ran") is None
    assert page.locator("#mirror script, #mirror img, #panel script, #panel img").count() == 0
    assert "\u202e" not in page.locator("#panel").inner_text()
    page.get_by_role("button", name="Rows from Excel").click()
    page.locator("#pasted").fill("Ref\tEntry\n{0}\t{0}\n".format(EVIL.replace("\n", " ")))
    page.locator("#table table").wait_for()
    assert page.evaluate("window.ran") is None
    assert page.heard.complaints == []


def test_a_text_that_is_too_long_is_told(opened):
    page = opened()
    page.evaluate(
        """() => {
          const area = document.getElementById("text");
          area.value = "word ".repeat(41000);
          area.dispatchEvent(new Event("input"));
        }"""
    )
    page.locator("#problem:visible").wait_for(timeout=60_000)

    assert "200,000 characters" in page.locator("#problem").inner_text()
    assert page.locator("#count").inner_text() == "This text was not checked."


def test_a_page_of_another_origin_reaches_nothing(browser, served):
    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>elsewhere</title>")

        def log_message(self, *_):
            pass

    elsewhere = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
    reach = """async ([base, token]) => {
      const told = [];
      for (const settings of [
        { method: "GET" }, { method: "POST", mode: "no-cors", body: "{}" },
        { method: "POST", body: "{}", headers: { Authorization: "Bearer " + token } },
      ]) {
        try {
          const answer = await fetch(base + (settings.method === "GET" ? "/" : "/check"), settings);
          told.push(answer.type === "opaque" ? "opaque" : "read");
        } catch (error) { told.push("refused"); }
      }
      const frame = document.createElement("iframe");
      frame.src = base + "/";
      document.body.append(frame);
      await new Promise((done) => { frame.onload = done; });
      try { told.push(frame.contentDocument ? "framed" : "refused"); }
      catch (error) { told.push("refused"); }
      return told;
    }"""
    try:
        page = browser.new_context().new_page()
        page.goto(f"http://localhost:{elsewhere.server_port}/")
        told = page.evaluate(reach, [served.base, served.keys.token])
    finally:
        elsewhere.shutdown()
        elsewhere.server_close()

    assert "read" not in told
    assert "framed" not in told


def test_a_name_bent_to_this_machine_reaches_nothing(browser, served):
    page = browser.new_context().new_page()
    # .localhost leads to this machine, as a name would that its owner bent there.
    answer = page.goto(f"http://evil.localhost:{served.port}/")

    assert answer.status == 421
    assert "Check a draft" not in page.content()


def test_nothing_is_kept_and_the_end_of_the_server_is_told(open_page, full_nlp):
    with page_server(full_nlp) as served:
        page = open_page(served.address, allowed=[served.base])
        paste(page, DRAFT)
        settled(page)
        kept = page.evaluate(
            "[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie].join()"
        )
        assert "risk" not in kept
        assert page.context.cookies() == []
    page.locator("#text").press("End")
    page.keyboard.type(" More.")
    page.locator("#problem:visible").wait_for(timeout=30_000)

    assert "Your text is still here" in page.locator("#problem").inner_text()
    assert "More." in text_of(page)
