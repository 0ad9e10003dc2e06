export const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const;
export const DOCUMENT_FORMATS = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

export interface ImageContent {
  readonly kind: 'image';
  readonly format: (typeof IMAGE_FORMATS)[number];
  /** Measured width, in pixels. */
  readonly width: number;
  /** Measured height, in pixels. */
  readonly height: number;
  readonly bytes: number;
}

export interface DocumentContent {
  readonly kind: 'document';
  readonly format: (typeof DOCUMENT_FORMATS)[number];
  readonly bytes: number;
  /** Number of bytes other than 0. Word and Excel files are mostly zeros, which a model does not read. */
  readonly filledBytes: number;
}

/** A content block of Converse, reduced to the properties that an answer depends on. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | ImageContent
  | DocumentContent
  | { readonly kind: 'toolUse'; readonly id: string; readonly text: string }
  | { readonly kind: 'toolResult'; readonly id: string; readonly content: readonly Content[] }
  /** A cache point. A model does not read it. */
  | { readonly kind: 'marker' };
