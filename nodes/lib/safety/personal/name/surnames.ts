/** The surnames of nearly everybody in China, by the household statistics of the Ministry of Public Security; one character each. */
export const surnames =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺" +
  // The same in traditional characters, where they differ.
  "張劉陳楊趙黃吳孫馬羅鄭謝韓馮於蕭許鄧蘇盧蔣賈葉閻餘鍾譚鄒陸萬錢湯嚴賴龔龐蘭倪溫蘆魯韋畢聶叢齊莊塗凌費紀歐項陽遲單榮顧賀聞";

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

/** Words that end like a surname before a form of address: in 这时先生们 nobody is called 时. */
export const endsInSurname = new Set(
  (
    "这时 那时 当时 小时 有时 同时 此时 平时 届时 到时 何时 一时 准时 及时 按时 随时 由于 关于 对于 至于 等于 位于 在于 属于 终于 方向 转向 倾向 后方 前方 对方 双方 地方 官方 安全 完全 " +
    "反应 供应 相应 适应 原来 本来 从来 将来 未来 后来 已经 曾经 责任 信任 主任 担任 变成 完成 组成 单单 清单 订单 名单 账单 菜单 文明 说明 证明 表明 发明 透明 海关 机关 有关 相关 草原 还原 高原"
  ).split(" "),
);

/** Characters with which the sounds of names from other languages are written. */
export const transcribing =
  "阿安艾爱奥澳巴白拜班贝本比彼毕边别波伯博布查察茨达大代丹道德登邓迪蒂第丁东杜顿多朵厄恩尔法凡范菲费芬丰冯弗福富盖甘冈高戈格葛根古瓜圭哈海汉翰赫亨洪胡华怀惠霍基吉加嘉贾简江杰金京久居卡凯坎康考科可克肯孔库昆拉莱赖兰朗劳勒雷黎李里力利立丽莉连廉林琳玲隆卢鲁路露吕伦罗洛马玛麦曼迈茅梅门蒙米密敏明缪莫默姆木穆慕拿纳娜乃奈南内妮尼尤涅宁牛纽农努诺欧帕潘庞培佩彭皮匹平婆珀普齐奇契恰强乔切钦琼让热仁日荣茹儒瑞若萨塞赛桑瑟森沙莎山珊绍舍申圣胜施什石史士斯思丝松苏索所塔泰坦汤唐陶特滕提缇田廷图土吐托陀瓦万汪旺威韦维伟卫魏温文翁沃乌吾武西希锡席夏香肖谢辛欣兴休许雪逊雅亚延扬杨耶叶伊依宜易因殷英永尤于约泽扎詹章张珍芝治智朱兹卓子佐买合孜江都里";
