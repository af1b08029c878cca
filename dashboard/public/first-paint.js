// Before anything is drawn: the theme and direction that this reader chose, so that no page flashes in the other one.
// The names are those of src/app/preferences.ts.
(() => {
  const root = document.documentElement;
  const theme = localStorage.getItem('botworth.theme');
  const isDark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  const language = localStorage.getItem('botworth.language');
  if (language) {
    root.lang = language;
    root.dir = language === 'ar' ? 'rtl' : 'ltr';
  }
})();
