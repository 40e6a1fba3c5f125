/* What cannot be read on the page as it stands: cut texts, texts of a chart over each other or outside it, a page wider
   than its window. Returns one sentence per fault. Rotated texts are left out: their boxes say nothing of their letters. */
() => {
  const faults = [];
  const shown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && style.opacity !== "0" && box.width > 0 && box.height > 0;
  };
  const name = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);

  const main = document.querySelector("[data-testid=stMain]");
  if (main.scrollWidth > main.clientWidth + 1) {
    const wide = [...main.querySelectorAll("*")].find(
      (element) => element.getBoundingClientRect().right > main.getBoundingClientRect().right + 1 && shown(element));
    faults.push(`the page is ${main.scrollWidth - main.clientWidth} px too wide (${wide ? name(wide) : "?"})`);
  }

  for (const element of document.querySelectorAll("[data-testid=stMain] *, [data-testid=stSidebar] *")) {
    if (element.closest("svg, [data-testid=stDataFrame], [data-testid=stPlotlyChart]") || !shown(element)) continue;
    const sidebar = element.closest("[data-testid=stSidebar]");
    if (sidebar && sidebar.getBoundingClientRect().right < 200) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const style = getComputedStyle(element);
    if (!own && element.tagName !== "INPUT" && style.textOverflow !== "ellipsis") continue;
    const hides = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
    if (hides && element.scrollWidth > element.clientWidth + 1 && !["auto", "scroll"].includes(style.overflowX)) {
      faults.push(`cut: "${element.value || name(element)}" by ${element.scrollWidth - element.clientWidth} px`);
    }
  }

  for (const table of document.querySelectorAll("[data-testid=stMain] table")) {
    const frame = table.parentElement;
    if (innerWidth >= 1280 && frame.scrollWidth > frame.clientWidth + 1) {
      faults.push(`a table is ${frame.scrollWidth - frame.clientWidth} px wider than its place ("${name(table)}")`);
    }
  }

  for (const chart of document.querySelectorAll("[data-testid=stPlotlyChart]")) {
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll("svg text")].filter((text) => {
      const matrix = text.getCTM();
      return text.textContent.trim() && matrix && Math.abs(matrix.b) < 0.01 && shown(text);
    }).map((text) => ({ text: name(text), box: text.getBoundingClientRect() }));
    texts.forEach(({ text, box }, place) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2
          || box.bottom > frame.bottom + 2) {
        faults.push(`outside its chart: "${text}"`);
      }
      for (const other of texts.slice(place + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (wide > 2 && high > 4) faults.push(`over each other: "${text}" and "${other.text}"`);
      }
    });
  }
  return [...new Set(faults)];
}
