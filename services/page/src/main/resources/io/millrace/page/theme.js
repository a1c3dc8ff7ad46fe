// Light or dark: as the system has it, until a person chooses. Charts ask for colours here.

const CHOICE = 'millrace.theme';
const THEMES = ['system', 'light', 'dark'];
const NAMES = { system: 'Auto', light: 'Light', dark: 'Dark' };

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const probe = document.head.appendChild(document.createElement('meta'));
const listeners = [];
let known = new Map();

/** Calls back when colours have changed. */
export function onTheme(listener) {
  listeners.push(listener);
}

/** Returns the colour with the name that a custom property of the style sheet has. */
export function colour(name) {
  return computed(`var(--${name})`); // the property itself would read light-dark(…)
}

/** Returns the same colour for areas: what is beneath shines through. */
export function shade(name) {
  return computed(`color-mix(in srgb, var(--${name}) 70%, transparent)`);
}

function computed(value) {
  if (!known.has(value)) {
    probe.style.color = value;
    known.set(value, getComputedStyle(probe).color);
  }
  return known.get(value);
}

/** Lets a button go through the themes. */
export function themeButton(button) {
  apply(THEMES.includes(saved()) ? saved() : 'system', button);
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(saved()) + 1) % THEMES.length];
    localStorage.setItem(CHOICE, next);
    apply(next, button);
  });
  dark.addEventListener('change', changed);
}

function saved() {
  return localStorage.getItem(CHOICE) ?? 'system';
}

function apply(theme, button) {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  button.textContent = NAMES[theme];
  button.setAttribute('aria-label', `Theme: ${NAMES[theme]}`);
  changed();
}

function changed() {
  known = new Map();
  listeners.forEach((listener) => listener());
}
