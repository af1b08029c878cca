const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const style = `
:root { color-scheme: light dark; --ink: #1c1b19; --quiet: #6a6660; --ground: #fbfaf8; --line: #dedad3; --deep: #f1eee9; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae6; --quiet: #a09b93; --ground: #171614; --line: #35322d; --deep: #211f1c; } }
body { margin: 0 auto; padding: 2.5rem 1.25rem 5rem; max-width: 58rem; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; font-size: 1.15rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin: 1.75rem 0 .25rem; font-size: 1rem; overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, monospace; background: var(--deep); border-radius: 4px; padding: .1em .3em; }
pre { padding: .75rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; } th, td { text-align: start; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } .quiet { color: var(--quiet); } .scroll { overflow-x: auto; }
input, button { font: inherit; padding: .45rem .7rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--ground); color: var(--ink); }
a { color: inherit; }
`;

/** A page of the server's own, for where the app is not: no scripts, nothing from elsewhere. */
export const htmlPage = (title: string, body: string, language = 'en'): string =>
  `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · Botworth</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
