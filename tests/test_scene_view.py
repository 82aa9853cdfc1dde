"""SceneView: its module in a page of four lines, without Jupyter, and its Python side without a browser."""

import gc
import json
import signal
import statistics
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.scenes import Scene
from helpers.widgets.scene_view import Event, SceneView, with_stand_in
from tests.axe import violations

WIDGETS = Path(__file__).parents[1] / "helpers" / "widgets"
PAGE = """<!doctype html><html lang="en"><title>t</title><link rel="stylesheet" href="scene_view.css">
<p tabindex=0>before</p><main id="here"></main>
<script type="module">import make from "./scene_view.js"; const widget = make();
window.ends = [widget.initialize({ model }), widget.render({ model, el: here })];
window.again = () => widget.render({ model, el: here });</script>"""
MODEL = """window.sent = []; window.lab = []; window.heard = {};
window.state = { body: BODY, playing: false };
window.model = { get: name => state[name], send: message => { sent.push(message); }, save_changes() {},
    on(name, act) { heard[name] = act; }, off(name, act) { if (heard[name] == act) delete heard[name]; } };
window.show = message => heard["msg:custom"](message);
window.playing = value => { state.playing = value; heard["change:playing"](); };
document.addEventListener("keydown", event => lab.push(event.key));"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def svg(weight="0.25", more=""):
    return f"""<svg xmlns="http://www.w3.org/2000/svg" role="img" width="400" height="200"
    viewBox="0 0 800 400"><title>A picture</title><desc>Three things</desc>
    <rect width="800" height="400" fill="#fff"/>
    <rect data-touch="W1[1, 0]" data-label="W1[1, 0] = {weight}" data-type="number" data-value="{weight}"
        x="40" y="80" width="80" height="80" fill="#cde"/>
    <circle data-touch="A1[0]" data-label="A1[0] = 0.5" data-hover="yes"
        cx="300" cy="120" r="40" fill="#ced"/>
    <circle data-touch="point 3" data-drag="yes" cx="500" cy="120" r="40" fill="#edc"/>{more}</svg>"""


@pytest.fixture
def page(browser):
    """The four lines with a picture in them; page.problems lists what goes wrong."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))

    def answer(route):
        name = route.request.url.rsplit("/", 1)[1]
        kinds = {"js": "text/javascript", "css": "text/css", "html": "text/html"}
        body = PAGE if name == "page.html" else (WIDGETS / name).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type=kinds[name.rsplit(".", 1)[1]])

    page.route("http://scene.test/**", answer)
    page.add_init_script(MODEL.replace("BODY", json.dumps(svg())))
    page.goto("http://scene.test/page.html")
    page.locator("svg").wait_for()
    yield page
    assert page.problems == []
    page.close()


def events(page):
    """The events that the module has reported."""
    return [m for m in page.evaluate("sent") if m["kind"] not in ("ready", "frame")]


def kinds(page):
    return [(event["kind"], event["touch"]) for event in events(page)]


def frames(page):
    """How many frames were asked for, each time."""
    return [m["count"] for m in page.evaluate("sent") if m["kind"] == "frame"]


def element(page, name):
    return page.locator(f"[data-touch='{name}']")


def centre(page, name):
    box = element(page, name).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drawn(page):
    page.evaluate(DRAWN)


def focused(page):
    return page.evaluate("document.activeElement.dataset.touch ?? document.activeElement.className")


# ---- the module, by mouse


def test_the_module_says_that_it_is_there(page):
    assert page.evaluate("sent") == [{"kind": "ready"}]


def test_a_click_tells_the_name_and_the_place_in_the_pictures_coordinates(page):
    x, y = centre(page, "A1[0]")
    page.mouse.click(x, y)
    (event,) = [event for event in events(page) if event["kind"] == "click"]
    assert event["touch"] == "A1[0]" and event["key"] == ""
    assert (event["x"], event["y"]) == pytest.approx((300, 120), abs=0.5)


def test_a_click_with_shift_says_so_and_beside_all_elements_is_none(page):
    page.keyboard.down("Shift")
    page.mouse.click(*centre(page, "point 3"))
    page.keyboard.up("Shift")
    page.mouse.click(20, 190)
    assert [(e["kind"], e["key"]) for e in events(page)] == [("click", "Shift")]


def test_a_double_click_is_a_click_and_a_double_click(page):
    page.mouse.dblclick(*centre(page, "A1[0]"))
    assert kinds(page)[1:] == [("click", "A1[0]"), ("double click", "A1[0]")]  # the first is the hover


def test_two_slow_clicks_are_two_clicks(page):
    page.mouse.click(*centre(page, "point 3"))
    page.wait_for_timeout(450)
    page.mouse.click(*centre(page, "point 3"))
    assert kinds(page) == [("click", "point 3")] * 2


def test_a_click_is_heard_though_the_picture_changes_under_the_mouse(page):
    page.mouse.move(*centre(page, "A1[0]"))
    page.mouse.down()
    page.evaluate("body => show({ body })", svg("0.75"))
    drawn(page)
    page.mouse.up()
    assert ("click", "A1[0]") in kinds(page)


def test_pressed_here_and_released_there_is_no_click(page):
    page.mouse.move(*centre(page, "W1[1, 0]"))
    page.mouse.down()
    page.mouse.move(*centre(page, "A1[0]"))
    page.mouse.up()
    assert [kind for kind, _ in kinds(page) if kind != "hover"] == []


def test_a_drag_starts_moves_and_ends_in_the_pictures_coordinates(page):
    x, y = centre(page, "point 3")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + 5 * step, y + 2 * step)
        drawn(page)
        page.evaluate("body => show({ body })", svg())
    page.mouse.up()
    first, *between, last = events(page)
    assert {event["touch"] for event in events(page)} == {"point 3"}
    assert [first["kind"], last["kind"]] == ["drag start", "drag end"]
    assert {event["kind"] for event in between} == {"drag"} and len(between) <= 10
    assert (first["x"], first["y"]) == pytest.approx((500, 120), abs=0.5)
    assert (last["x"], last["y"]) == pytest.approx((600, 160), abs=0.5)
    assert (between[-1]["x"], between[-1]["y"]) == (last["x"], last["y"])


def test_a_drag_that_leaves_the_widget_goes_on_and_ends_there(page):
    x, y = centre(page, "point 3")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y + 300)
    drawn(page)
    page.mouse.move(x + 220, y + 300)
    page.mouse.up()
    assert [event["kind"] for event in events(page)][-2:] == ["drag", "drag end"]
    assert (events(page)[-1]["x"], events(page)[-1]["y"]) == pytest.approx((940, 720), abs=0.5)
    page.mouse.move(x, y)
    assert events(page)[-1]["kind"] == "drag end"  # it has let go


def test_many_moves_in_one_frame_are_one_message(page):
    x, y = centre(page, "point 3")
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(
        """([x, y]) => { const view = document.querySelector(".scene-view");
        for (let k = 1; k <= 50; k++)
            view.dispatchEvent(new PointerEvent("pointermove", { clientX: x + k, clientY: y })); }""",
        [x, y],
    )
    drawn(page)
    assert [event["kind"] for event in events(page)] == ["drag start", "drag"]
    assert events(page)[-1]["x"] == pytest.approx(600, abs=0.5)
    page.mouse.up()


def test_a_hand_that_trembles_clicks_and_what_cannot_be_dragged_is_not(page):
    x, y = centre(page, "point 3")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y + 2)
    page.mouse.up()
    assert kinds(page) == [("click", "point 3")]
    x, y = centre(page, "W1[1, 0]")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.mouse.up()
    assert kinds(page)[-1] == ("click", "W1[1, 0]")


def test_once_a_drag_ends_the_words_are_of_what_the_hand_has_come_to(page):
    page.mouse.move(*centre(page, "point 3"))
    page.mouse.down()
    page.mouse.move(*centre(page, "A1[0]"), steps=3)
    page.mouse.up()
    assert page.locator(".scene-tip").inner_text() == "A1[0] = 0.5"


def test_hover_shows_name_and_value_at_once_and_tells_the_kernel_only_when_asked(page):
    tip = page.locator(".scene-tip")
    assert not tip.is_visible()
    page.mouse.move(*centre(page, "W1[1, 0]"))
    assert tip.is_visible() and tip.inner_text() == "W1[1, 0] = 0.25"
    assert events(page) == []
    page.evaluate("body => show({ body })", svg("0.5"))
    drawn(page)
    assert tip.inner_text() == "W1[1, 0] = 0.5"  # it goes on to tell the truth
    page.mouse.move(*centre(page, "A1[0]"))
    assert tip.inner_text() == "A1[0] = 0.5"
    page.mouse.move(*centre(page, "point 3"))
    assert tip.inner_text() == "point 3"
    page.mouse.move(5, 500)
    assert not tip.is_visible()
    assert kinds(page) == [("hover", "A1[0]"), ("hover", "")]


def test_a_tip_is_there_within_20_milliseconds_and_within_the_picture(page):
    page.evaluate(
        """() => { window.took = []; let moved;
        window.addEventListener("pointermove", () => { moved = performance.now(); }, true);
        new MutationObserver(() => took.push(performance.now() - moved))
            .observe(document.querySelector(".scene-tip"), { childList: true, attributes: true }); }"""
    )
    for name in ("W1[1, 0]", "A1[0]", "point 3") * 5:
        page.mouse.move(*centre(page, name))
        tip, holder = (page.locator(s).bounding_box() for s in (".scene-tip", ".scene-view"))
        assert tip["x"] >= holder["x"] and tip["x"] + tip["width"] <= holder["x"] + holder["width"] + 0.5
    assert (
        statistics.median(page.evaluate("took")) < 20
    )  # the page was busy with something else, now and then


# ---- the module, by keyboard


def test_tab_reaches_every_element_that_can_be_touched_and_shows_where_it_is(page):
    page.locator("p").focus()
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        ring, box = page.locator(".scene-ring").bounding_box(), element(page, reached[-1]).bounding_box()
        assert ring == pytest.approx(box, abs=1)
        assert page.locator(".scene-tip").is_visible()
    assert reached == ["W1[1, 0]", "A1[0]", "point 3"]
    page.mouse.click(*centre(page, "A1[0]"))
    assert not page.locator(".scene-ring").is_visible()  # by mouse one sees where one is
    page.keyboard.press("ArrowLeft")
    assert page.locator(".scene-ring").is_visible()


def test_elements_have_a_role_and_a_name_and_the_picture_is_no_mere_image(page):
    assert page.get_by_role("button", name="W1[1, 0] = 0.25", exact=True).count() == 1
    assert page.get_by_role("button", name="point 3", exact=True).count() == 1
    assert page.locator("svg").get_attribute("role") == "group"
    page.evaluate("show({ body: '<svg role=img><title>t</title></svg>' })")
    drawn(page)
    assert page.locator("svg").get_attribute("role") == "img"


def test_a_scene_may_keep_an_element_out_of_the_tab_order(page):
    page.evaluate("body => show({ body })", svg(more='<path data-touch="far" tabindex="-1" d="M0 0h9v9z"/>'))
    drawn(page)
    assert element(page, "far").get_attribute("tabindex") == "-1"


def test_enter_and_space_click_and_other_keys_are_reported(page):
    element(page, "A1[0]").focus()
    for key in ("Enter", " ", "ArrowLeft", "x", "Delete", "Shift"):
        page.keyboard.press(key)
    assert [(e["kind"], e.get("key")) for e in events(page)] == [
        ("click", None), ("click", None), ("key", "ArrowLeft"), ("key", "x"), ("key", "Delete"),
    ]  # fmt: skip


def test_no_letter_leaves_the_widget_but_tab_escape_and_shortcuts_with_control_do(page):
    element(page, "A1[0]").focus()
    for key in ("x", "d", "b", "ArrowDown", "Enter", " ", "Control+s", "Escape", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("lab") == ["Control", "s", "Escape", "Tab"]
    page.locator("p").focus()
    page.keyboard.press("x")
    assert page.evaluate("lab")[-1] == "x"  # outside nothing is kept from anyone


def test_words_stand_in_one_line_where_there_is_room_wherever_the_last_ones_stood(page):
    words = "a name with some words, and then more"
    more = f'<rect data-touch="{words}" x="480" y="200" width="60" height="60"/>'
    more += '<rect data-touch="z" x="740" y="200" width="60" height="60"/>'
    page.evaluate("body => show({ body })", svg(more=more))
    drawn(page)
    for name in ("z", words):
        element(page, name).hover()
    tip = page.locator(".scene-tip")
    assert tip.inner_text() == words and tip.bounding_box()["height"] < 30


BESIDE = """() => { here.className = "keys-stay-inside";
    for (const text of ["<select></select>", "<input>", "<div role=slider tabindex=0></div>"])
        here.insertAdjacentHTML("beforeend", text); }"""


@pytest.mark.parametrize("beside, left", [("select", []), ("input", ["Home"]), ("[role=slider]", ["Home"])])
def test_no_letter_leaves_a_control_beside_the_picture_and_a_slider_keeps_its_keys(beside, left, page):
    page.evaluate(BESIDE)
    control = page.locator(f"#here > {beside}")
    control.focus()
    for key in ("x", "d", "b", "0", " ", "Home"):
        page.keyboard.press(key)
    assert page.evaluate("lab") == left
    assert beside != "input" or control.input_value() == "xdb0 "  # it is typed all the same
    page.evaluate("here.className = ''")
    page.keyboard.press("x")
    assert page.evaluate("lab")[-1] == "x"


def test_a_key_held_down_waits_for_the_picture_of_the_last(page):
    element(page, "A1[0]").focus()
    page.keyboard.down("ArrowLeft")
    for _ in range(5):
        page.keyboard.down("ArrowLeft")  # repeats
    assert len(events(page)) == 1
    page.evaluate("body => show({ body })", svg())
    drawn(page)
    page.keyboard.down("ArrowLeft")
    assert len(events(page)) == 2
    page.keyboard.up("ArrowLeft")


def test_the_focus_stays_on_the_same_name_and_in_the_widget_when_that_is_gone(page):
    element(page, "A1[0]").focus()
    more = '<rect data-touch="new" width="9" height="9"/>'
    page.evaluate("body => show({ body })", svg(more=more).replace("<desc>", "<desc>x"))
    drawn(page)
    assert focused(page) == "A1[0]"
    page.evaluate("show({ body: '<svg></svg>' })")
    drawn(page)
    assert focused(page) == "scene-view"
    page.keyboard.press("x")
    assert page.evaluate("lab") == []


def test_an_element_hands_the_focus_on_when_its_touch_is_answered(page):
    more = '<rect data-touch="pixel" data-focus="A1[0]" tabindex="-1" x="600" y="300" width="9" height="9"/>'
    page.evaluate("body => show({ body })", svg(more=more))
    drawn(page)
    page.mouse.click(*centre(page, "pixel"))
    assert focused(page) == "pixel"
    page.evaluate("body => show({ body })", svg("0.5", more))
    drawn(page)
    assert focused(page) == "A1[0]"


def test_while_a_drag_paints_the_words_wait(page):
    more = '<rect data-touch="pixel" data-drag="paint" x="600" y="300" width="90" height="90"/>'
    page.evaluate("body => show({ body })", svg(more=more))
    drawn(page)
    x, y = centre(page, "pixel")
    page.mouse.move(x, y)
    tip = page.locator(".scene-tip")
    assert tip.is_visible()
    page.mouse.down()
    page.mouse.move(x + 30, y)
    assert not tip.is_visible()
    page.evaluate("body => show({ body })", svg("0.5", more))  # what is pressed is drawn anew meanwhile
    drawn(page)
    page.mouse.move(x + 10, y)  # it is still the pixel that the hand is on
    assert not tip.is_visible()
    page.mouse.up()
    assert tip.is_visible()
    assert kinds(page)[-1] == ("drag end", "pixel")


def test_escape_takes_the_tip_away(page):
    element(page, "A1[0]").focus()
    page.keyboard.press("ArrowLeft")
    page.mouse.move(*centre(page, "W1[1, 0]"))
    page.keyboard.press("Escape")
    assert not page.locator(".scene-tip").is_visible()


def test_a_screen_readers_click_counts_once(page):
    page.evaluate("""document.querySelector("[data-touch='A1[0]']").dispatchEvent(
        new MouseEvent("click", { bubbles: true, detail: 0 }))""")
    assert kinds(page) == [("click", "A1[0]")]


# ---- typed entries


def test_a_double_click_opens_an_entry_and_enter_hands_over_what_is_typed(page):
    entry = page.locator(".scene-entry")
    page.mouse.dblclick(*centre(page, "W1[1, 0]"))
    assert entry.input_value() == "0.25" and entry.get_attribute("aria-label") == "W1[1, 0] = 0.25"
    box, place = entry.bounding_box(), element(page, "W1[1, 0]").bounding_box()
    assert (box["x"], box["y"]) == pytest.approx((place["x"], place["y"]), abs=1)
    page.keyboard.type("-1,5x")
    page.evaluate("body => show({ body })", svg("0.3"))  # it plays on; what is typed stays
    drawn(page)
    assert focused(page) == "scene-entry"
    page.keyboard.press("Enter")
    assert events(page)[-1] == {"kind": "text", "touch": "W1[1, 0]", "text": "-1,5x"}
    assert not entry.is_visible() and focused(page) == "W1[1, 0]"
    assert page.evaluate("lab") == []


def test_what_is_not_edited_is_not_handed_over_for_it_may_be_rounded(page):
    for typed in ([], ["0.25"]):
        element(page, "W1[1, 0]").focus()
        page.keyboard.press("Enter")
        for text in typed:
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        assert not page.locator(".scene-entry").is_visible()
    assert [event["text"] for event in events(page) if event["kind"] == "text"] == ["0.25"]


@pytest.mark.parametrize("key", ["Enter", "7", "-"])
def test_enter_or_a_digit_opens_an_entry_and_escape_closes_it(page, key):
    element(page, "W1[1, 0]").focus()
    page.keyboard.press(key)
    assert page.locator(".scene-entry").input_value() == ("0.25" if key == "Enter" else key)
    page.keyboard.press("Escape")
    assert not page.locator(".scene-entry").is_visible() and focused(page) == "W1[1, 0]"
    assert events(page) == []


def test_an_entry_left_with_tab_or_a_click_is_closed_and_hands_over_what_is_typed(page):
    leave = {"8": lambda: page.keyboard.press("Tab"), "9": lambda: page.mouse.click(20, 190)}
    for number, leaves in (leave | {"": leave["9"]}).items():
        element(page, "W1[1, 0]").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(number)
        leaves()
        assert not page.locator(".scene-entry").is_visible()
        assert number != "8" or focused(page) == "A1[0]"  # next to the element
    assert [event["text"] for event in events(page) if event["kind"] == "text"] == ["8", "9"]


def test_what_is_no_number_has_no_entry(page):
    page.mouse.dblclick(*centre(page, "A1[0]"))
    assert not page.locator(".scene-entry").is_visible()


# ---- frames


def test_six_frames_are_under_way_while_it_plays_and_no_more_are_asked_for_when_it_is_paused(page):
    page.evaluate("playing(true)")
    assert frames(page) == [6]
    for count in range(1, 8):
        page.evaluate("body => show({ body, frame: true })", svg(str(count)))
        drawn(page)
        assert frames(page) == [6] + [3] * (count // 3)
        assert element(page, "W1[1, 0]").get_attribute("data-label") == f"W1[1, 0] = {count}"
    page.evaluate("playing(false)")
    for _ in range(5):
        page.evaluate("body => show({ body, frame: true })", svg("late"))
    drawn(page)
    assert frames(page) == [6, 3, 3]
    assert element(page, "W1[1, 0]").get_attribute("data-label") == "W1[1, 0] = late"  # the kernel's truth


def test_what_answers_a_touch_is_no_frame(page):
    page.evaluate("playing(true)")
    for _ in range(6):
        page.evaluate("body => show({ body })", svg())
        drawn(page)
    assert frames(page) == [6]


def test_the_page_starts_anew_when_it_plays_again(page):
    for _ in range(3):
        page.evaluate("playing(true)")
        page.evaluate("body => show({ body, frame: true })", svg())
        drawn(page)
        page.evaluate("playing(false)")
    assert frames(page) == [6] * 3


def test_the_next_frames_are_asked_for_before_the_last_is_drawn(page):
    page.evaluate(
        """() => { Object.defineProperty(document.querySelector(".scene-picture"), "innerHTML",
            { set() { sent.push({ kind: "drawn" }); } }); playing(true); }"""
    )
    page.evaluate("body => { for (let k = 0; k < 3; k++) show({ body, frame: true }); }", svg())
    drawn(page)
    assert [m["kind"] for m in page.evaluate("sent")] == ["ready", "frame", "frame", "drawn"]


def test_a_frame_without_a_picture_keeps_it_going(page):
    page.evaluate("playing(true)")
    for _ in range(3):
        page.evaluate("show({ frame: true })")
    drawn(page)
    assert frames(page) == [6, 3] and element(page, "A1[0]").is_visible()


def test_a_page_opened_while_it_plays_goes_on(page):
    page.add_init_script("state.playing = true")
    page.reload()
    page.locator("svg").wait_for()
    assert frames(page) == [6]


def test_a_second_view_shows_the_present_picture_and_both_follow(page):
    page.evaluate("body => show({ body })", svg("0.5"))
    drawn(page)
    page.evaluate("() => { here.insertAdjacentHTML('afterend', '<div id=\"there\"></div>'); }")
    page.evaluate("() => { window.here = document.getElementById('there'); again(); }")
    labels = "[...document.querySelectorAll('rect[data-touch]')].map(e => e.dataset.label)"
    assert page.evaluate(labels) == ["W1[1, 0] = 0.5"] * 2
    page.evaluate("body => show({ body })", svg("0.75"))
    drawn(page)
    assert page.evaluate(labels) == ["W1[1, 0] = 0.75"] * 2


def test_nothing_is_left_listening(page):
    session = page.context.new_cdp_session(page)

    def listeners():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Memory.getDOMCounters")["jsEventListeners"]

    page.evaluate("() => { for (const end of ends) end(); here.innerHTML = ''; }")
    assert page.evaluate("Object.keys(heard)") == []
    before = listeners()
    page.evaluate("() => { for (let k = 0; k < 30; k++) again()(); }")
    assert page.evaluate("here.childNodes.length") == 0  # ipywidgets keeps the place, and all that is in it
    assert listeners() <= before
    page.evaluate("() => { again(); }")
    assert listeners() > before  # the count does see them


# ---- what may not happen


def test_text_is_never_taken_for_html(page):
    nasty = "&lt;img src=x onerror=&quot;window.evil = 1&quot;&gt;"
    page.evaluate(
        "body => show({ body })",
        svg(more=f'<rect data-touch="{nasty}" data-label="{nasty}" x="600" width="80" height="80"/>'),
    )
    drawn(page)
    page.evaluate("document.querySelector('rect[data-touch^=\"<img\"]').focus()")
    page.keyboard.press("ArrowLeft")
    page.evaluate("body => show({ body })", svg(more=f'<rect data-touch="{nasty}" width="8" height="8"/>'))
    drawn(page)
    assert page.evaluate("window.evil") is None and page.locator(".scene-view img").count() == 0
    assert focused(page).startswith("<img")  # found again, quotes and all


def test_axe_finds_nothing(page):
    assert violations(page, ".scene-view") == []
    element(page, "W1[1, 0]").focus()
    page.keyboard.press("Enter")
    assert violations(page, ".scene-view") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_input_are_legible_on_both_themes_and_nothing_moves_by_itself(page, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("() => { window.look = s => getComputedStyle(document.querySelector(s)); }")
    for selector in (".scene-tip", ".scene-entry"):
        colours = "s => [look(s).color, look(s).backgroundColor]"
        assert contrast(*page.evaluate(colours, selector)) > 7
    moving = """[...document.querySelectorAll(".scene-view, .scene-view *")].map(e => getComputedStyle(e))
        .filter(l => l.animationName != "none" || l.transitionDuration != "0s").length"""
    assert page.evaluate(moving) == 0
    cursors = "['[data-type]', '[data-drag]'].map(s => look(s).cursor)"
    assert page.evaluate(cursors) == ["pointer", "grab"]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_text_goes_into_the_clipboard_and_only_then_the_module_says_so(page, allowed):
    page.evaluate(
        """allowed => Object.defineProperty(navigator, "clipboard", { value: {
            writeText(text) { window.held = text; return Promise[allowed ? "resolve" : "reject"](); } } })""",
        allowed,
    )
    page.evaluate("show({ copy: 'Playground(n_h=3)' })")
    page.evaluate(DRAWN)
    assert page.evaluate("held") == "Playground(n_h=3)" and page.locator("svg").count() == 1
    assert [event["kind"] for event in events(page)] == ["copied"] * allowed


def test_a_page_that_has_no_clipboard_says_nothing(page):
    page.evaluate("show({ copy: 'Playground(n_h=3)' })")  # as a page that did not come by https
    page.evaluate(DRAWN)
    assert events(page) == [] and page.evaluate("navigator.clipboard === undefined")


def contrast(one, other):
    """The contrast ratio of two colours "rgb(r, g, b)", as WCAG defines it."""

    def light(colour):
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    return max(light(one), light(other)) / min(light(one), light(other))


def test_the_module_is_short_and_needs_no_other():
    text = (WIDGETS / "scene_view.js").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200 and max(map(len, text.splitlines())) <= 110
    assert "import " not in text and "http" not in text and "fetch(" not in text


# ---- the Python side


class Loop:
    """A kernel's main loop that runs only when it is told to."""

    def __init__(self):
        self.callbacks = []

    def add_callback(self, callback, *arguments):
        self.callbacks.append(lambda: callback(*arguments))

    def run(self):
        while self.callbacks:
            self.callbacks.pop(0)()


@pytest.fixture
def loop(monkeypatch):
    """A kernel with such a loop; an interrupt is dealt with as before when the test ends."""
    loop, before = Loop(), signal.getsignal(signal.SIGINT)
    kernel = SimpleNamespace(kernel=SimpleNamespace(io_loop=loop))
    monkeypatch.setattr("helpers.widgets.scene_view.get_ipython", lambda: kernel)
    yield loop
    signal.signal(signal.SIGINT, before)


def viewed(**callbacks):
    """A view, and the messages that it sends to the browser."""
    view, sent = SceneView("<svg>0</svg>", **callbacks), []
    view.send = sent.append
    return view, sent


def hear(view, kind, touch="", **more):
    view._handle_custom_msg({"kind": kind, "touch": touch, **more}, [])


def test_an_event_arrives_as_what_was_done():
    heard = []
    view, _ = viewed(on_touch=heard.append)
    hear(view, "click", "W1[1, 0]", x=1.5, y=2, key="Shift")
    hear(view, "key", "W1[1, 0]", key="ArrowUp")
    hear(view, "text", "b1[0]", text="0,5")
    hear(view, "hover")
    hear(view, "copied")
    assert heard == [
        Event("click", "W1[1, 0]", 1.5, 2, "Shift"),
        Event("key", "W1[1, 0]", key="ArrowUp"),
        Event("text", "b1[0]", text="0,5"),
        Event("hover", ""),
        Event("copied", ""),
    ]


@pytest.mark.parametrize("message", [None, "click", {}, {"kind": "rm"}, {"kind": ["click"]}, {"kind": None}])
def test_what_is_no_event_is_none(message):
    heard = []
    view, _ = viewed(on_touch=heard.append)
    view._handle_custom_msg(message, [])
    assert heard == []


def test_places_that_are_no_numbers_are_none_and_long_texts_are_cut():
    heard = []
    view, _ = viewed(on_touch=heard.append)
    hear(view, "click", "a", x="1", y=2)
    hear(view, "click", "a", x=float("nan"), y=2)
    hear(view, "text", "a", text="9" * 10_000)
    assert [(e.x, e.y) for e in heard] == [(None, None)] * 3 and len(heard[-1].text) == 200


def test_a_picture_goes_by_message_and_a_page_that_opens_gets_the_present_one():
    view, sent = viewed()
    states = []
    view.observe(lambda change: states.append(change), "body")
    view.show(Scene("<svg>1</svg>", "one"))
    assert sent == [{"body": "<svg>1</svg>"}] and states == []
    assert view.get_state("body") == {"body": "<svg>1</svg>"}
    with pytest.raises(TypeError, match="Scene or HTML text; int came"):
        view.show(3)
    with pytest.raises(TypeError, match="NoneType came"):
        SceneView(None)


def test_without_widgets_the_picture_is_in_the_output_with_its_description():
    view = SceneView(Scene("<svg>1</svg>", "a < b"))
    data, _ = view._repr_mimebundle_()
    assert data["text/plain"] == "Figure: a < b" and 'alt="a &lt; b"' in data["text/html"]
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == view.model_id


def test_what_is_touched_is_served_before_the_frames_that_were_asked_for_earlier(loop):
    done = []
    view, sent = viewed(on_touch=lambda event: done.append(event.kind), on_frame=lambda: done.append("frame"))
    view.play()
    hear(view, "frame", count=2)
    hear(view, "click", "a")
    view.soon(lambda: done.append("slider"))
    hear(view, "key", "a", key="x")
    loop.run()
    assert done == ["click", "slider", "key", "frame", "frame"]
    assert sent == [{"body": "<svg>0</svg>", "frame": True}] * 2


def test_a_frame_is_answered_once_with_its_picture(loop):
    view, sent = viewed(on_frame=lambda: view.show("<svg>1</svg>"))
    view.play()
    hear(view, "frame")
    loop.run()
    assert sent == [{"body": "<svg>1</svg>", "frame": True}]


def test_what_comes_between_two_frames_is_served_before_the_next(loop):
    done = []
    view, _ = viewed(on_touch=lambda event: done.append(event.kind))
    view.on_frame = lambda: (done.append("frame"), len(done) == 1 and hear(view, "click", "a"))
    view.play()
    hear(view, "frame", count=3)
    loop.run()
    assert done == ["frame", "click", "frame", "frame"]


@pytest.mark.parametrize("count, made", [(9, 6), (2, 2), (-1, 1), ("6", 1), (None, 1), (1.5, 1), (10**9, 6)])
def test_as_many_frames_are_made_as_asked_for_and_never_more_than_six_are_under_way(loop, count, made):
    done = []
    view, _ = viewed(on_frame=lambda: done.append("frame"))
    view.play()
    hear(view, "frame", count=count)
    loop.run()
    assert done == ["frame"] * made


def test_a_pause_acts_at_once_and_a_play_goes_on_with_what_was_asked_for(loop):
    done = []
    view, _ = viewed(on_frame=lambda: done.append("frame"))
    hear(view, "frame", count=2)  # a button in the browser is linked to playing: its word comes after it
    loop.run()
    assert done == []
    view.play()
    hear(view, "click", "a")
    view.on_touch = lambda event: view.pause()
    loop.run()
    assert done == []  # the click came before both
    view.play()
    loop.run()
    assert done == ["frame"] * 2


def test_of_a_drag_only_the_newest_place_counts(loop):
    heard = []
    view, _ = viewed(on_touch=heard.append)
    hear(view, "drag start", "p", x=0, y=0)
    for x in range(1, 6):
        hear(view, "drag", "p", x=x, y=0)
    hear(view, "drag end", "p", x=6, y=0)
    hear(view, "drag", "q", x=7, y=0)
    loop.run()
    assert [(e.kind, e.touch, e.x) for e in heard] == [
        ("drag start", "p", 0),
        ("drag", "p", 5),
        ("drag end", "p", 6),
        ("drag", "q", 7),
    ]


@pytest.mark.parametrize("kind", ["frame", "click"])
def test_an_error_pauses_and_is_told(loop, kind):
    errors = []

    def fails(event=None):
        raise ValueError("no")

    view, sent = viewed(on_touch=fails, on_frame=fails, on_error=errors.append)
    view.play()
    hear(view, kind, "a")
    loop.run()
    assert [str(error) for error in errors] == ["no"] and not view.playing
    assert len(sent) == (kind == "frame")  # the browser is answered all the same


def test_without_on_error_it_is_printed(capsys):
    view, _ = viewed(on_touch=lambda event: 1 / 0)
    hear(view, "click", "a")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_interrupt_ends_what_runs_and_between_two_frames_it_pauses(loop):
    errors = []
    view, _ = viewed(
        on_touch=lambda event: signal.raise_signal(signal.SIGINT),
        on_frame=lambda: None,
        on_error=errors.append,
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a kernel at rest
    view.play()
    hear(view, "click", "a")
    loop.run()
    assert [type(error) for error in errors] == [KeyboardInterrupt] and not view.playing
    view.play()
    hear(view, "frame")
    loop.run()
    signal.raise_signal(signal.SIGINT)
    loop.run()
    assert not view.playing and len(errors) == 1


def test_a_cells_own_handling_of_an_interrupt_is_left_as_it_was(loop):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # as while a cell awaits
    view, _ = viewed(on_touch=lambda event: None)
    hear(view, "click", "a")
    loop.run()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_closed_does_nothing_more_and_is_freed(loop):
    done = []
    view, _ = viewed(on_touch=done.append, on_frame=lambda: done.append("frame"))
    view.play()
    hear(view, "frame")
    hear(view, "click", "a")
    view.close()
    loop.run()
    assert done == []
    there = weakref.ref(view)
    del view
    gc.collect()
    assert there() is None


def test_a_plain_picture_stands_in_until_the_module_says_that_it_is_there(loop):
    frames = []
    view, _ = viewed(on_frame=lambda: (frames.append(1), view.show(f"<svg>{len(frames)}</svg>")))
    box = with_stand_in(view)
    _, picture, clock = box.children
    view.show("<svg>a</svg>")
    assert picture.value.endswith("<svg>a</svg>") and "pip install anywidget" in picture.value
    view.play()
    assert clock.playing
    clock.value += 1  # as the browser does
    loop.run()
    assert picture.value.endswith("<svg>1</svg>")
    hear(view, "ready")
    assert box.children == (view,) and picture.comm is None and clock.comm is None
    view.show("<svg>b</svg>")
    assert picture.value.endswith("<svg>1</svg>")  # it no longer follows


def test_a_picture_that_changed_before_the_module_came_up_is_sent_again(monkeypatch):
    view, sent = SceneView("<svg>0</svg>"), []
    monkeypatch.setattr(SceneView, "send", lambda self, message: sent.append(message))
    view._heard(view, {"kind": "ready"}, [])
    assert sent == []
    view.show("<svg>1</svg>")
    sent.clear()  # nobody was there to hear it
    view._heard(view, {"kind": "ready"}, [])
    assert sent == [{"body": "<svg>1</svg>"}]
    view.get_state()  # another page opens
    view._heard(view, {"kind": "ready"}, [])
    assert len(sent) == 1
