export { auditedFacts as handlers } from './audited-facts.ts';
