// Says so at the foot of the page where the browser keeps nothing, or has hardly any room left.
const say = (words) => {
  const bar = document.getElementById("storage") ?? document.createElement("p");
  bar.setAttribute("role", "alert");
  bar.id = "storage";
  bar.textContent = `${words} (Click here to close.)`;
  bar.style = "position:fixed; inset:auto 0 0; z-index:99999; margin:0; padding:.5em 1em; background:#fff3c4; color:#000; font:16px sans-serif";
  document.body.append(bar);
  bar.onclick = () => bar.remove();
};
const off = "This browser lets this site keep nothing, and without that the lessons do not start. Allow cookies " +
  "and site data for it, or leave the private window. The pages to read work all the same.";
const little = "This browser keeps only a few megabytes for this site. Download each lesson that you edit (File, " +
  "Download), or allow more storage for it: it may be off for private windows.";
const full = "There is hardly any room left for what this site keeps. Download your lessons (File, Download), " +
  "and free some disk space, or what you do from now on may not be kept.";
const stopped = "There is no room left for what this site keeps, and what was just written is not kept. Download your " +
  "lessons (File, Download), free some disk space, and restart the kernel, which waits for it.";
const apart = "Python cannot reach here what this site keeps, so my_network.py is lost when its kernel ends or this page " +
  "is closed. Open the site by an address that begins with https, and not in a private window. Lessons that you " +
  "save are kept.";
addEventListener("unhandledrejection", (event) => event.reason?.name === "QuotaExceededError" && say(stopped));
const opened = new Promise((yes, no) => {
  const asked = indexedDB.open("backprop-by-hand");
  asked.onsuccess = () => { asked.result.close(); yes(); };
  asked.onerror = no;
});
const withoutIt = () => {
  try { localStorage.setItem("backprop-by-hand", ""); say(little); } catch { say(off); }
};
const loaded = new Promise((yes) => addEventListener("load", yes));
loaded.then(() => opened).then(() => navigator.storage?.estimate?.()).then((room) => {
  if (!navigator.serviceWorker && !globalThis.crossOriginIsolated) say(apart);
  if (room && room.quota - room.usage < 20e6) say(full);
  navigator.storage?.persist?.();
}, withoutIt);
