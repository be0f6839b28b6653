import { slug } from 'github-slugger';
import type { DefaultTheme, MarkdownRenderer } from 'vitepress';
import { defineConfig } from 'vitepress';
import navigation from '../content/navigation.json' with { type: 'json' };

const { repository, sidebar } = navigation as { repository: string; sidebar: DefaultTheme.SidebarItem[] };

export default defineConfig({
  title: 'cdktf-cluster-ports',
  description: 'Opens exactly the network ports that Kubernetes platforms document',
  srcDir: 'content',
  cleanUrls: false, // pages open from a folder, too
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]], // or browsers ask for one
  vite: { publicDir: false },
  themeConfig: {
    nav: [
      { text: 'Ports', link: '/docs/ports' },
      { text: 'Commands', link: '/commands/' },
      { text: 'API', link: '/API' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
  },
  markdown: {
    // links of the pages are written for the repository, whose anchors these are
    anchor: { slugify: slug },
    config: (markdown) => {
      // what looks like a tag in a document is its text
      markdown.set({ html: false });
      drawMermaid(markdown);
      escapeInterpolation(markdown);
    },
  },
});

/** Draws code blocks of Mermaid in the browser. */
function drawMermaid(markdown: MarkdownRenderer): void {
  const fence = markdown.renderer.rules.fence!;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    if (info !== 'mermaid') return fence(tokens, index, ...rest);
    return `<MermaidDrawing code="${encodeURIComponent(content)}" />`;
  };
}

/** Keeps Vue from reading `{{ }}` in a text as code. */
function escapeInterpolation(markdown: MarkdownRenderer): void {
  const text = markdown.renderer.rules.text!;
  markdown.renderer.rules.text = (...args) => text(...args).replaceAll('{{', '&#123;&#123;');
}
