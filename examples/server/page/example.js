/* An example of plan text with songs of the catalog. */
import * as api from './api.js';

export async function exampleDay() {
  let songs = [];
  try {
    songs = (await api.get('/api/v1/popularity/top', { count: 'recordings', limit: 12 })).songs;
  } catch {
    /* the example also works without songs */
  }
  const song = (i, more) => (songs[i] ? [`♪ ${songs[i].title} - ${songs[i].artist} ${more}`] : []);
  return [
    '9:00-12:30 Work #focus',
    '13:00-17:00 Work',
    'Lunch 30m after 12:00 before 13:30',
    'Gym 1h after 17:00 before 21:00 #workout id:gym',
    'Shower 15m after:gym',
    'Call mum 20m @evening !2',
    'Read 45m @evening #calm !3',
    '',
    ...song(0, '@evening must'),
    ...song(1, 'during:gym'),
    ...song(2, 'during:gym'),
    ...song(5, '@morning'),
    'fill: 30m @evening #wind-down',
    'quiet: 22:30-24:00',
  ].join('\n');
}
