import { TemplateError } from './template-error';

/**
 * Thrown when an assembly goes beyond what is read of one: a file that is too large, a circle, or more work than a
 * template of its size can need.
 *
 * Such an assembly is not read at all. Leaving out a part of it, as for a function that is not understood, would hide
 * the rest.
 */
export class TemplateLimit extends TemplateError {}
