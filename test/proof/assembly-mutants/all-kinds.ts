import { ADDED_RESOURCE_KINDS } from './added-resource-kinds';
import type { AssemblyCopy } from './assembly-copy';
import { DOCUMENT_KINDS } from './document-kinds';
import { FILE_KINDS } from './file-kinds';
import { HIDING_KINDS } from './hiding-kinds';
import { jsonKinds } from './json-kinds';
import type { Kind } from './mutant';
import { propertyKinds } from './property-kinds';
import { TEXT_KINDS } from './text-kinds';

/** Every kind of change, by what is changed. */
export function allKinds(assemblies: readonly AssemblyCopy[]): Readonly<Record<string, readonly Kind[]>> {
  return {
    manifests: jsonKinds('manifests.json'),
    'lists of assets': jsonKinds('asset-lists.json'),
    'files and folders': FILE_KINDS,
    'texts of JSON': TEXT_KINDS,
    'sections of templates': jsonKinds('sections.json'),
    resources: jsonKinds('resources.json'),
    'added resources': ADDED_RESOURCE_KINDS,
    'every property': propertyKinds(assemblies),
    'documents of IAM': DOCUMENT_KINDS,
    'values that hide in documents': HIDING_KINDS,
  };
}
