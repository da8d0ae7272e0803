export type { TemplateView as EmailTemplateMapper } from '../domain/template-view.ts';
