() => {
  // What a person without mouse, or with weak sight, would stumble over; empty when there is nothing.
  const found = [];
  const number = text => (text.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red, green, blue]) => [red, green, blue]
    .map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const background = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = number(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) {
        return color;
      }
    }

    return [255, 255, 255];
  };
  const isShown = element => element.checkVisibility() && element.getClientRects().length !== 0
    && !element.closest('.hidden, .skip');

  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim() !== '');
    if (text.length !== 0 && isShown(element) && !(element instanceof HTMLOptionElement)) {
      const style = getComputedStyle(element);
      const color = number(element instanceof SVGElement ? style.fill : style.color);
      const ratio = contrast(color, background(element));
      if (ratio < 4.5) {
        found.push(`contrast ${ratio.toFixed(2)}: ${element.tagName} "${element.textContent.slice(0, 20)}"`);
      }
    }

    if (element.matches('.swatch, .layer') && isShown(element)) {
      const style = getComputedStyle(element);
      const ratio = contrast(number(style.getPropertyValue('background-color').startsWith('rgba(0, 0, 0, 0')
        ? style.fill : style.backgroundColor), background(element.parentElement));
      if (ratio < 3) {
        found.push(`contrast ${ratio.toFixed(2)}: ${element.getAttribute('class')}`);
      }
    }

    if (element.matches('input, select, textarea') && element.labels.length === 0) {
      found.push(`no label: ${element.outerHTML}`);
    }

    if (element.matches('button, a') && element.textContent.trim() === '') {
      found.push(`no name: ${element.outerHTML}`);
    }

    if (element.matches('svg') && !(element.getAttribute('role') === 'img'
      && document.getElementById(element.getAttribute('aria-labelledby'))?.textContent
      && document.getElementById(element.getAttribute('aria-describedby'))?.textContent)) {
      found.push(`no name or description: ${element.id}`);
    }

    if (element.matches('table') && (!element.caption || [...element.tHead.rows[0].cells]
      .some(cell => cell.scope !== 'col' || cell.textContent.trim() === ''))) {
      found.push(`table without caption or headings: ${element.id}`);
    }

    if (element.matches('tbody tr') && element.cells[0].scope !== 'row') {
      found.push(`row without a heading: ${element.outerHTML.slice(0, 80)}`);
    }

    if (element.matches('section') && !document.getElementById(element.getAttribute('aria-labelledby'))) {
      found.push(`section without a name: ${element.id}`);
    }

    if (Number(element.getAttribute('tabindex')) > 0) {
      found.push(`a tab order of its own: ${element.id}`);
    }
  }

  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  found.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `id twice: ${id}`));
  const levels = [...document.querySelectorAll('h1, h2, h3')].map(heading => Number(heading.tagName[1]));
  if (levels[0] !== 1 || levels.some((level, index) => index > 0 && level > levels[index - 1] + 1)) {
    found.push(`headings out of order: ${levels}`);
  }

  if (!document.documentElement.lang || !document.title) {
    found.push('no language or title');
  }

  return found;
}
