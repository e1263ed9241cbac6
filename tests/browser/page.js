// What is wrong with a report, as a list of sentences.
(() => {
  const problems = [];
  const name = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ${(element.textContent || "").trim().slice(0, 40)}`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });

  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) {
    const wide = all("body *").filter((element) => seen(element) && element.getBoundingClientRect().right > page.clientWidth + 1);
    problems.push(`the page is ${page.scrollWidth} wide in ${page.clientWidth}: ${wide.slice(0, 4).map(name).join("; ")}`);
  }
  for (const element of all("body *")) {
    const { right, left, width } = element.getBoundingClientRect();
    const scrolls = element.closest(".scroll, pre, svg");
    if (seen(element) && width > 0 && !scrolls && (right > page.clientWidth + 1 || left < -1)) {
      problems.push(`sticks out of the page: ${name(element)}`);
    }
  }
  if (document.scripts.length > 0) problems.push("there is a script");
  if (all("h1").length !== 1) problems.push("there is not one h1");
  let level = 0;
  for (const heading of all("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) problems.push(`a heading skips a level: ${name(heading)}`);
    level = next;
  }
  for (const svg of all("svg")) {
    const own = svg.getAttribute("aria-label") || svg.querySelector(":scope > title");
    const image = svg.closest('[role="img"]')?.getAttribute("aria-label");
    if (!own && !image && !svg.closest('[aria-hidden="true"]')) problems.push(`no text in place of a drawing: ${name(svg)}`);
    if (svg.closest('[aria-hidden="true"]') && svg.querySelector("text")) problems.push(`hidden text in a drawing: ${name(svg)}`);
  }
  for (const figure of all("figure")) {
    if (!figure.querySelector("figcaption")) problems.push(`a figure without caption: ${name(figure)}`);
    if (!figure.querySelector("table")) problems.push(`a figure without its numbers: ${name(figure)}`);
  }
  for (const table of all("table")) {
    if (!table.querySelector("th") && !table.hasAttribute("aria-label")) problems.push(`a table without heads: ${name(table)}`);
  }
  for (const link of all("nav a")) {
    if (!document.getElementById(link.getAttribute("href").slice(1))) problems.push(`a link to nowhere: ${name(link)}`);
  }

  const colour = (text) => {
    const parts = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = colour(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };
  const told = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element)) continue;
    texts += 1;
    const style = getComputedStyle(element);
    const svg = element.closest("svg");
    const ink = colour(svg ? style.fill : style.color).rgb;
    const [a, b] = [luminance(ink), luminance(ground(svg ? svg.parentElement : element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    const scale = svg?.viewBox.baseVal?.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(style.fontSize) * scale;
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${element.tagName} ${element.getAttribute("class")}`;
    if (contrast < (large ? 3 : 4.5) && !told.has(key)) problems.push(`contrast ${contrast.toFixed(2)}: ${name(element)}`);
    if (size < 10.5 && !told.has(key)) problems.push(`text of ${size.toFixed(1)} px: ${name(element)}`);
    told.add(key);
  }
  if (texts < 20) problems.push(`only ${texts} texts are seen`);
  return problems;
})();
