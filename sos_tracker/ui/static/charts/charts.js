// Shows the charts' markup; replaces it only when it has changed, and keeps open the tables a reader has opened.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".sos-charts");
  if (!root || root.shown === data) return;
  const open = new Set([...root.querySelectorAll("details[open]")].map((one) => one.id));
  root.innerHTML = root.shown = data;
  for (const one of root.querySelectorAll("details")) one.open = open.has(one.id);
}
