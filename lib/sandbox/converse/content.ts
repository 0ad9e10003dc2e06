export const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const;
export const DOCUMENT_FORMATS = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

export interface ImageContent {
  readonly kind: 'image';
  readonly format: (typeof IMAGE_FORMATS)[number];
  /** In pixels, as measured. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface DocumentContent {
  readonly kind: 'document';
  readonly format: (typeof DOCUMENT_FORMATS)[number];
  readonly bytes: number;
  /** Bytes that are not 0: Word's and Excel's files are mostly zeros, and a model reads none of them. */
  readonly filledBytes: number;
}

/** A content block of Converse, as far as an answer depends on it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | ImageContent
  | DocumentContent
  | { readonly kind: 'toolUse'; readonly id: string; readonly text: string }
  | { readonly kind: 'toolResult'; readonly id: string; readonly content: readonly Content[] }
  /** A cache point: it says nothing to a model. */
  | { readonly kind: 'marker' };
