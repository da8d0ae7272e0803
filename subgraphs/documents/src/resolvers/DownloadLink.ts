import type { DownloadLinkResolvers } from './../__generated__/types.ts';

export const DownloadLink: DownloadLinkResolvers = {};
