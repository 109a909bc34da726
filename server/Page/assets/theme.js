// Light or dark: the system's choice, or one's own, which this browser remembers.

import { byId } from './dom.js';

const KEY = 'theme';

export function begin() {
  const choice = byId('theme');
  choice.value = localStorage.getItem(KEY) ?? 'auto';
  apply(choice.value);
  choice.addEventListener('change', () => {
    localStorage.setItem(KEY, choice.value);
    apply(choice.value);
  });
}

function apply(theme) {
  document.documentElement.dataset.theme = theme;
}
