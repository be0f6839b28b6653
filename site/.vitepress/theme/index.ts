import DefaultTheme from 'vitepress/theme';
import { defineAsyncComponent } from 'vue';
import type { Theme } from 'vitepress';
import './wide-tables.css';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => {
    app.component(
      'MermaidDrawing',
      defineAsyncComponent(() => import('./MermaidDrawing.vue')),
    );
  },
} satisfies Theme;
