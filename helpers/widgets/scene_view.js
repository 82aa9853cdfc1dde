// Shows a picture, SVG text, and reports what is done to its elements, which say what can be done to them:
//   data-touch="W1[1, 0]"          its name; it can be clicked, and reached with Tab
//   data-label="W1[1, 0] = 0.25"   shown at the pointer and read out; without it, the name is
//   data-type="number"             a double click, Enter or a digit opens an input with data-value in it
//   data-drag="yes"                it can be dragged; "paint": a drag paints, and the words wait for its end
//   data-focus="pen"               the element of this name has the focus after it was touched
//   data-hover="yes"               the kernel is told when the pointer comes and goes
// From the kernel: {body, frame}, a picture, asked for (frame) or not; {copy}, a text for the clipboard; the
// traits body (the first), playing.
// To it: {kind: "ready"}; {kind: "copied"}; {kind: "frame", count}, which asks for so many pictures while it
// plays; and each event as {kind, touch, x, y, key, text}, in the picture's own coordinates.

const UNDER_WAY = 6; // pictures asked for at a time; to ask for each alone would cost as much as to draw it
const SLACK = 4; // pixels that a hand may tremble in a click
const DOUBLE = 400; // milliseconds between the two clicks of a double click, at the most
const KEYS = /^(.|Arrow.+|Home|End|Page.+|Delete|Backspace|Enter)$/u; // those that are reported
const KEYLESS = "select, button, [type=checkbox]"; // need no listener for keys; for letters nothing does
const PARTS = `<div class="scene-view" tabindex="-1"><div class="scene-picture"></div>
  <div class="scene-ring" hidden></div><div class="scene-tip" aria-hidden="true" hidden></div>
  <input class="scene-entry" hidden></div>`; // the tip's words are read out as the element's name

export default () => {
  const views = new Set(); // the functions that draw, one for each place where the picture is shown
  let body, come = 0, due = 0; // come: of the pictures asked for
  function initialize({ model }) {
    const ask = count => {
      if (model.get("playing")) model.send({ kind: "frame", count });
      come = 0;
    };
    const draw = () => {
      if (come >= UNDER_WAY / 2) ask(come); // before it is drawn
      due = 0;
      for (const show of views) show(body);
    };
    const copied = () => model.send({ kind: "copied" });
    const played = () => ask(UNDER_WAY), heard = message => {
      if (message.copy) navigator.clipboard?.writeText(message.copy).then(copied, () => {}); // it may refuse
      body = message.body ?? body;
      come += message.frame ? 1 : 0;
      due ||= requestAnimationFrame(draw);
    };
    body = model.get("body");
    model.on("change:playing", played);
    model.on("msg:custom", heard);
    model.send({ kind: "ready" });
    played();
    return () => [model.off("change:playing", played), model.off("msg:custom", heard),
      cancelAnimationFrame(due)];
  }

  function render({ model, el }) {
    el.innerHTML = PARTS;
    const holder = el.firstChild, [picture, ring, tip, entry] = holder.children;
    let byKeyboard = false, pointed, told = "", press, moved, lastClick, typed, edited, unanswered;
    const send = (kind, touch, more) => model.send({ kind, touch, ...more });
    const find = name => picture.querySelector(`[data-touch="${CSS.escape(name ?? "")}"]`);
    const focus = name => (find(name) ?? holder).focus({ preventScroll: true }); // the keys stay in here
    const focused = () => picture.contains(document.activeElement) ? document.activeElement : null;
    const far = (one, two) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) > SLACK;
    const under = event => {
      const element = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-touch]");
      return picture.contains(element) ? element : null;
    };
    const at = ({ clientX, clientY }) => {
      const matrix = picture.querySelector("svg")?.getScreenCTM();
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix?.inverse());
      return { x, y };
    };
    const put = (part, element, place) => { // place: from an element's left, top, width, height to the part's
      const outer = holder.getBoundingClientRect(), box = element.getBoundingClientRect();
      const [left, top, ...size] = place(box.left - outer.left, box.top - outer.top, box.width, box.height);
      [part.style.width, part.style.height] = size.map(length => `${length}px`);
      part.style.left = `${Math.max(0, Math.min(left, outer.width - part.offsetWidth))}px`;
      part.style.top = `${top}px`;
    };

    function draw(text) {
      const name = focused()?.dataset.touch;
      picture.innerHTML = text;
      for (const element of picture.querySelectorAll("[data-touch]")) {
        element.setAttribute("role", "button");
        element.setAttribute("aria-label", element.dataset.label ?? element.dataset.touch);
        if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "0");
        element.ownerSVGElement?.setAttribute("role", "group"); // no mere image
      }
      if (name !== undefined) focus(find(name)?.dataset.focus ?? name);
      unanswered = false;
      pointOut();
    }

    function pointOut() { // the ring around what has the focus, the words beside what is pointed at
      const ringed = byKeyboard ? focused() : null, named = find(pointed) ?? ringed;
      ring.hidden = !ringed;
      if (ringed) put(ring, ringed, (...box) => box);
      tip.hidden = !named || !entry.hidden;
      tip.textContent = named?.getAttribute("aria-label") ?? "";
      if (!tip.hidden) put(tip, named, (left, top, width, height) =>
        [left + (width - tip.offsetWidth) / 2, top + (top < tip.offsetHeight ? height : -tip.offsetHeight)]);
    }

    function hover(element) {
      const name = element?.dataset.touch, heard = element?.dataset.hover ? name : "";
      if (heard !== told) send("hover", told = heard);
      if (name !== pointed) pointOut(pointed = name);
    }

    function clicked(element, event) {
      const { touch, type } = element.dataset, key = event.shiftKey ? "Shift" : "";
      const again = lastClick && event.timeStamp - lastClick.timeStamp < DOUBLE && !far(event, lastClick);
      lastClick = again ? null : event; // the first may have put another element there
      if (again && type === "number") open(element);
      else send(again ? "double click" : "click", touch, { ...at(event), key });
    }

    function drag() {
      if (moved) send("drag", press.touch, at(moved));
      moved = null;
    }
    function released(event) {
      const { touch, moving } = press ?? {}, element = under(event), up = event.type === "pointerup";
      if (moving) drag();
      if (moving) send("drag end", touch, at(event));
      else if (up && touch !== undefined && element?.dataset.touch === touch) clicked(element, event);
      press = null; hover(element); // what the hand has come to, no longer what it pressed
    }

    function open(element) { // the input, in place of the element
      typed = element.dataset.touch;
      entry.value = element.dataset.value ?? "";
      entry.setAttribute("aria-label", element.getAttribute("aria-label"));
      entry.hidden = edited = false; // what is not edited keeps all of its digits
      put(entry, element, (left, top) => [left, top]);
      entry.focus({ preventScroll: true }); entry.select();
      pointOut();
    }
    function close(kept) {
      const held = document.activeElement === entry;
      if (kept && edited) send("text", typed, { text: entry.value });
      entry.hidden = true; // before its blur, which would hand it over once more
      if (held) focus(typed);
      pointOut();
    }

    function pressed(event) { // on its way down from the window: JupyterLab would take it for a shortcut
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (!byKeyboard) pointOut(byKeyboard = true); // from now on the ring is shown
      if (target === entry && /^(Enter|Escape|Tab)$/.test(key)) close(key !== "Escape"); // then Tab goes on
      if (ctrlKey || metaKey || altKey || /^(Tab|F\d+)$/.test(key)) return;
      const beside = holder.closest(".keys-stay-inside")?.contains(target), quiet = key[1] ? KEYLESS : "*";
      if (!holder.contains(target)) return beside && target.matches(quiet) && event.stopPropagation();
      if (key === "Escape" && target !== entry) return tip.hidden = true;
      event.stopPropagation();
      if (target !== entry && target.dataset.touch && KEYS.test(key)) pressedOn(target, event);
    }
    function pressedOn(element, event) {
      const { touch, type } = element.dataset, { key } = event, clicks = key === "Enter" || key === " ";
      if (type === "number" && /[-−+.,\d]/.test(key)) return open(element); // and the digit goes into it
      event.preventDefault(); // the page does not scroll
      if (event.repeat && (clicks || unanswered)) return;
      if (type === "number" && key === "Enter") return open(element);
      unanswered = true;
      send(clicks ? "click" : "key", touch, clicks ? {} : { key });
    }

    const end = new AbortController(), { signal } = end;
    const on = (place, event, act, more) => place.addEventListener(event, act, { signal, ...more });
    on(window, "keydown", pressed, { capture: true });
    on(window, "pointerdown", () => { byKeyboard = false; }, { capture: true });
    on(holder, "focusin", pointOut);
    on(holder, "focusout", () => requestAnimationFrame(pointOut));
    on(entry, "blur", () => entry.hidden || close(true)); // as a field beside the picture
    on(entry, "input", () => { edited = true; });
    on(holder, "pointerleave", () => press || hover(null));
    for (const event of ["pointerup", "pointercancel"]) on(holder, event, released);
    on(holder, "pointerdown", event => {
      const element = under(event);
      if (event.button || !event.isPrimary || !element) return;
      press = { touch: element.dataset.touch, drag: element.dataset.drag, event };
      holder.setPointerCapture(event.pointerId); // what is pressed may be drawn anew meanwhile
      hover(element);
    });
    on(holder, "pointermove", event => {
      if (!press) return hover(under(event));
      if (press.drag && !press.moving && far(event, press.event)) {
        press.moving = true;
        send("drag start", press.touch, at(press.event));
      }
      if (press.moving && !moved) requestAnimationFrame(drag); // one in each frame
      moved = press.moving ? event : null;
    });
    on(holder, "click", event => { // of a screen reader, which has no pointer
      const element = event.detail === 0 && event.target.closest("[data-touch]");
      if (element) send("click", element.dataset.touch);
    });

    draw(body, views.add(draw));
    return () => [views.delete(draw), end.abort(), el.replaceChildren()]; // ipywidgets keeps the place itself
  }
  return { initialize, render };
};
