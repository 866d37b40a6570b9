// The panel's own sign-in is never shown: when its session has ended, ours takes over.
function leave() {
  if (location.hash.startsWith("#/login")) location.replace("/admin/connexion");
  // the one table that is written there: panel.css shows its buttons
  document.documentElement.classList.toggle("writes", location.hash.startsWith("#/local_contact"));
}
for (const name of ["pushState", "replaceState"]) {
  const before = history[name];
  history[name] = function (...given) {
    before.apply(this, given);
    leave();
  };
}
addEventListener("hashchange", leave);
leave();
