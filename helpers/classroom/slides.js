// Arrow keys, Page Up and Down, space or a click turn the slides; what is too large is made to fit.
const slides = [...document.querySelectorAll("section")];
let now = Math.min(Math.max(parseInt(location.hash.slice(1)) || 1, 1), slides.length) - 1;

function fit() {
  const inside = slides[now].querySelector(".fits");
  const room = [innerWidth * 0.92 / inside.offsetWidth, innerHeight * 0.84 / inside.offsetHeight];
  const scale = Math.min(...room, Math.max(innerWidth / 1280, 1));
  inside.style.transform = `translate(-50%, -50%) scale(${scale})`;
}

function turn(to) {
  now = Math.min(Math.max(to, 0), slides.length - 1);
  slides.forEach((slide, k) => slide.classList.toggle("now", k === now));
  history.replaceState(null, "", `#${now + 1}`);
  fit();
}

addEventListener("keydown", (event) => {
  const steps = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowDown: 1, ArrowLeft: -1, PageUp: -1, ArrowUp: -1 };
  if (event.key in steps && !event.ctrlKey && !event.metaKey) turn(now + steps[event.key]);
  if (event.key === "Home") turn(0);
  if (event.key === "End") turn(slides.length - 1);
});
addEventListener("click", (event) => { if (!event.target.closest("a") && !String(getSelection())) turn(now + 1); });
addEventListener("resize", fit);
addEventListener("load", () => turn(now));
