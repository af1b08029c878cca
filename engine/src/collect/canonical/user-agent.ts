import { crawlerPatterns } from './crawlers.data.ts';

export interface Agent {
  readonly device: '' | 'mobile' | 'tablet' | 'desktop';
  readonly crawler: boolean;
}

const CRAWLER = new RegExp(crawlerPatterns.join('|'), 'i');
const TABLET = /ipad|tablet|kindle|silk\/|playbook|android(?!.*mobile)/i;
const MOBILE = /mobi|iphone|ipod|android|windows phone/i;
const BROWSER = /^mozilla\//i;

/** Longer ones are made up; the limit bounds what a hostile one costs. */
const AGENT_CHARS = 1024;
const CACHE_AGENTS = 5000;
const known = new Map<string, Agent>();

const read = (text: string): Agent => ({
  crawler: CRAWLER.test(text),
  device: TABLET.test(text) ? 'tablet' : MOBILE.test(text) ? 'mobile' : BROWSER.test(text) ? 'desktop' : '',
});

export const readUserAgent = (sent: string): Agent => {
  const text = sent.slice(0, AGENT_CHARS);
  const found = known.get(text);
  if (found !== undefined) return found;
  const agent = read(text);
  // A cut text still holds the whole one in memory, so it must not become a key.
  if (sent.length > AGENT_CHARS) return agent;
  if (known.size >= CACHE_AGENTS) known.clear();
  known.set(text, agent);
  return agent;
};
