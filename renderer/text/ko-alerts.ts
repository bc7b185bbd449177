/** Words of alerts. */
export const koAlerts = {
  'panel.alerts': '알림',
  'alerts.price': '알릴 가격',
  'alerts.note': '메모',
  'alerts.repeats': '되풀이',
  'alerts.add': '알림 걸기',
  'alerts.here': '지금 가격과 같습니다.',
  'alerts.armed': '기다림',
  'alerts.repeating': '되풀이',
  'alerts.fired': '알렸음',
  'alerts.again': '다시 걸기',
  'alerts.remove': '{name} 알림 지우기',
  'alerts.none': '걸어 둔 가격 알림이 없습니다.',
  'alerts.noneBody': '위에 가격을 적으면 체결될 때마다 살펴 알립니다.',
  'alerts.off': '앱이 꺼져 있는 동안의 가격은 보지 못합니다.',
  'alerts.told': '알린 것',
} as const;
