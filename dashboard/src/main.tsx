import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { preferenceStore } from './app/preferences.ts';
import { startTexts } from './app/texts.ts';
import './design/base.css';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');

await startTexts(preferenceStore.get().language);
createRoot(place).render(<App />);
