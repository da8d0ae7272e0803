import type { Route } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { downloadRoutes } from './downloads.ts';
import { thumbnailRoutes } from './thumbnails.ts';
import { uploadRoutes } from './uploads.ts';

export const routes = (tools: DocumentTools): readonly Route[] => [...uploadRoutes(tools), ...downloadRoutes(tools), ...thumbnailRoutes(tools)];
