"""Partner countries by the codes of UN Comtrade: M49, but for a few customs territories of their own."""

_NAMES = """
4 Afghanistan|8 Albania|12 Algeria|20 Andorra|24 Angola|31 Azerbaijan|32 Argentina|36 Australia|40 Austria
44 Bahamas|48 Bahrain|50 Bangladesh|51 Armenia|52 Barbados|56 Belgium|60 Bermuda|64 Bhutan|68 Bolivia
70 Bosnia and Herzegovina|72 Botswana|76 Brazil|84 Belize|90 Solomon Islands|96 Brunei|100 Bulgaria
104 Myanmar|108 Burundi|112 Belarus|116 Cambodia|120 Cameroon|124 Canada|132 Cabo Verde|136 Cayman Islands
140 Central African Republic|144 Sri Lanka|148 Chad|152 Chile|156 China|170 Colombia|174 Comoros|178 Congo
180 DR Congo|188 Costa Rica|191 Croatia|192 Cuba|196 Cyprus|203 Czechia|204 Benin|208 Denmark|212 Dominica
214 Dominican Republic|218 Ecuador|222 El Salvador|226 Equatorial Guinea|231 Ethiopia|232 Eritrea
233 Estonia|242 Fiji|246 Finland|251 France|258 French Polynesia|262 Djibouti|266 Gabon|268 Georgia
270 Gambia|275 Palestine|276 Germany|288 Ghana|292 Gibraltar|300 Greece|304 Greenland|308 Grenada
320 Guatemala|324 Guinea|328 Guyana|332 Haiti|340 Honduras|344 Hong Kong|348 Hungary|352 Iceland
360 Indonesia|364 Iran|368 Iraq|372 Ireland|376 Israel|380 Italy|384 Côte d'Ivoire|388 Jamaica|392 Japan
398 Kazakhstan|400 Jordan|404 Kenya|408 North Korea|410 South Korea|414 Kuwait|417 Kyrgyzstan|418 Laos
422 Lebanon|426 Lesotho|428 Latvia|430 Liberia|434 Libya|440 Lithuania|442 Luxembourg|446 Macao
450 Madagascar|454 Malawi|458 Malaysia|462 Maldives|466 Mali|470 Malta|478 Mauritania|480 Mauritius
484 Mexico|490 Taiwan|496 Mongolia|498 Moldova|499 Montenegro|504 Morocco|508 Mozambique|512 Oman
516 Namibia|524 Nepal|528 Netherlands|540 New Caledonia|548 Vanuatu|554 New Zealand|558 Nicaragua|562 Niger
566 Nigeria|579 Norway|586 Pakistan|591 Panama|598 Papua New Guinea|600 Paraguay|604 Peru|608 Philippines
616 Poland|620 Portugal|624 Guinea-Bissau|626 Timor-Leste|634 Qatar|642 Romania|643 Russia|646 Rwanda
682 Saudi Arabia|686 Senegal|688 Serbia|690 Seychelles|694 Sierra Leone|699 India|702 Singapore|703 Slovakia
704 Vietnam|705 Slovenia|706 Somalia|710 South Africa|716 Zimbabwe|724 Spain|728 South Sudan|729 Sudan
740 Suriname|748 Eswatini|752 Sweden|757 Switzerland|760 Syria|762 Tajikistan|764 Thailand|768 Togo
776 Tonga|780 Trinidad and Tobago|784 United Arab Emirates|788 Tunisia|792 Turkey|795 Turkmenistan
800 Uganda|804 Ukraine|807 North Macedonia|818 Egypt|826 United Kingdom|834 Tanzania|842 United States
854 Burkina Faso|858 Uruguay|860 Uzbekistan|862 Venezuela|882 Samoa|887 Yemen|894 Zambia
899 Areas not specified
"""

WORLD = 0
_PAIRS = (each.split(" ", 1) for line in _NAMES.split("\n") for each in line.split("|") if each)
PARTNERS = {int(code): name for code, name in _PAIRS}
