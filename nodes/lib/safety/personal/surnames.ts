/** The surnames of nearly everybody in China, by the household statistics of the Ministry of Public Security; one character each. */
export const surnames =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";

export const doubleSurnames = [
  "欧阳",
  "司马",
  "上官",
  "诸葛",
  "东方",
  "皇甫",
  "尉迟",
  "公孙",
  "令狐",
  "慕容",
  "司徒",
  "长孙",
  "夏侯",
  "端木",
  "南宫",
  "独孤",
];

/** Surnames that are more often another word. */
export const particleSurnames = "于向时和方全应都来曾成任连保解计单明关原";

/** Words that begin like a name and stand before a form of address: 项目经理 is no Manager Xiang. */
export const ordinaryWords = new Set(
  (
    "项目 车间 司机 高中 高级 高等 高三 高二 高一 高校 高龄 任课 任何 时任 全体 全部 周末 周日 周一 周二 周三 周四 周五 周六 金牌 金发 黄金 白天 白班 白人 白衣 康复 安全 安保 " +
    "古典 古筝 武术 游泳 单身 单位 房东 成人 成年 常务 管理 管家 宗教 石油 方面 时候 马上 严格 温柔 华人 华侨 明星 关系 应聘 司法 江湖 江南 高薪 童装 年级 包班 边防 车队 钱庄 水利 花样"
  ).split(" "),
);
